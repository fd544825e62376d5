/** Domains and their own configurations, by `keystone-fetch/identity`. */
import { assert } from "chai";
import type { Session } from "keystone-fetch";
import { ConflictError, ForbiddenError, NotFoundError, OptionsError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { domainConfigs, domains } from "../fixtures/identity.ts";
import { type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

/** A new domain, which is gone when the case is over. */
async function scratchDomain(admin: Session, undo: Undo) {
  const name = unique("partners");
  const made = await domains.create(admin, { name });
  undo(async () => {
    await domains.update(admin, made.id, { enabled: false });
    await domains.delete(admin, made.id);
  });
  assert.deepInclude(made, { name, enabled: true });
  return made;
}

const url = { group: "ldap", option: "url" } as const;

const cases: readonly Case[] = [
  {
    name: "a domain is created, read, changed, found, listed, disabled and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id, name, ...made } = await scratchDomain(admin, undo);
        assert.deepEqual<object>(await domains.get(admin, id), { id, name, ...made });
        const changed = await domains.update(admin, id, { description: "they sell" });
        assert.deepInclude(changed, { description: "they sell" });
        assert.equal((await domains.find(admin, name)).id, id);
        assert.equal((await domains.find(admin, id)).name, name);
        assert.deepEqual(names(await domains.list(admin, { name, enabled: true })), [name]);
        assert.isEmpty(await domains.list(admin, { name, enabled: false }));
        assert.deepEqual(
          names(await domains.list(admin, { name__icontains: name.slice(3).toUpperCase() })),
          [name],
        );
        await failure(domains.create(admin, { name }), ConflictError);
        const { message } = await failure(domains.delete(admin, id), ForbiddenError);
        assert.include(message, "disable it first");
        await domains.update(admin, id, { enabled: false });
        await domains.delete(admin, id);
        await failure(domains.get(admin, id), NotFoundError);
        await failure(domains.find(admin, name), NotFoundError);
      }),
  },
  {
    name: "a user who may not touch domains is told which rule forbids it",
    async run(env) {
      const demo = demoOn(env);
      const rules = {
        list_domains: () => domains.list(demo),
        create_domain: () => domains.create(demo, { name: unique("mine") }),
        update_domain: () => domains.update(demo, "default", { enabled: false }),
        delete_domain: () => domains.delete(demo, "default"),
        get_domain_config: () => domainConfigs.get(demo, "default"),
        get_domain_config_default: () => domainConfigs.defaults(demo),
      };
      for (const [rule, refused] of Object.entries(rules)) {
        const { message } = await failure(refused, ForbiddenError);
        assert.include(message, `identity:${rule}.`);
      }
    },
  },
  {
    name: "a domain is given a configuration, which is read, changed and deleted, whole and in parts",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id } = await scratchDomain(admin, undo);
        await failure(domainConfigs.get(admin, id), NotFoundError);
        const ldap = { url: "ldap://old.example", page_size: 3 };
        assert.deepEqual(await domainConfigs.create(admin, id, { ldap }), { ldap });
        const both = { identity: { driver: "ldap" }, ldap };
        assert.deepEqual(await domainConfigs.create(admin, id, both), both);
        assert.deepEqual(await domainConfigs.get(admin, id), both);
        assert.deepEqual(await domainConfigs.get(admin, id, { group: "ldap" }), { ldap });
        assert.deepEqual(await domainConfigs.get(admin, id, url), { ldap: { url: ldap.url } });
        const wider = await domainConfigs.update(admin, id, { ldap: { page_size: 9 } });
        assert.deepEqual(wider, { ...both, ldap: { ...ldap, page_size: 9 } });
        const group = { ldap: { page_size: 10 } };
        await domainConfigs.update(admin, id, group, { group: "ldap" });
        const moved = { ldap: { url: "ldap://new.example" } };
        assert.deepEqual(await domainConfigs.update(admin, id, moved, url), {
          ...both,
          ldap: { url: "ldap://new.example", page_size: 10 },
        });
        await domainConfigs.delete(admin, id, url);
        assert.deepEqual(await domainConfigs.get(admin, id, { group: "ldap" }), group);
        await failure(domainConfigs.delete(admin, id, url), NotFoundError);
        await domainConfigs.delete(admin, id, { group: "ldap" });
        assert.deepEqual(await domainConfigs.get(admin, id), { identity: both.identity });
        await domainConfigs.delete(admin, id);
        await failure(domainConfigs.get(admin, id), NotFoundError);
        const password = unique("sesame");
        const made = await domainConfigs.create(admin, id, { ldap: { user: "cn=x", password } });
        assert.deepEqual(made, { ldap: { user: "cn=x" } });
        const wrong = { ldap: { password, colour: "blue" } };
        const error = await failure(domainConfigs.update(admin, id, wrong), ForbiddenError);
        assert.include(error.message, "Option colour in group ldap");
        assertHides(error, password);
      }),
  },
  {
    name: "what can't be set for a domain is refused in the server's words",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id } = await scratchDomain(admin, undo);
        const config = { token: { expiration: 1 } };
        const { message } = await failure(domainConfigs.create(admin, id, config), ForbiddenError);
        assert.include(message, "Group token is not supported");
        for (const [words, work] of [
          ["group: option requires it", domainConfigs.get(admin, id, { option: "url" } as never)],
          ["group: expected ", domainConfigs.get(admin, id, { group: "" })],
          ['config: has no group "ldap"', domainConfigs.update(admin, id, { identity: {} }, url)],
        ] as const) {
          assert.include((await failure(work, OptionsError)).message, words);
        }
      }),
  },
  {
    name: "the cloud's own settings are read, whole and in parts",
    async run(env) {
      const admin = adminOf(env);
      const all = await domainConfigs.defaults(admin);
      assert.containsAllKeys(all, ["identity", "ldap"]);
      const { identity, ...others } = await domainConfigs.defaults(admin, { group: "identity" });
      assert.deepEqual(identity, all.identity);
      assert.isEmpty(others);
      const address = all.ldap?.url;
      assert.match(String(address), /^ldap:/);
      assert.deepEqual(await domainConfigs.defaults(admin, url), { ldap: { url: address } });
    },
  },
  {
    name: "everybody may read the rules for passwords",
    async run(env) {
      const demo = demoOn(env);
      const rules = await domainConfigs.securityCompliance(demo, "default");
      assert.hasAllKeys(rules, ["password_regex", "password_regex_description"]);
      const option = { group: "security_compliance", option: "password_regex" };
      const part = await domainConfigs.get(demo, "default", option);
      assert.deepEqual(part, { security_compliance: { password_regex: rules.password_regex } });
      await failure(domainConfigs.securityCompliance(demo, "elsewhere"), ForbiddenError);
    },
  },
];

export default cases;
