/** An unknown filter or option is refused by its name, before any request. */
import { assert } from "chai";
import { OptionsError, type Session } from "keystone-fetch";
import * as identity from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const { domainConfigs, endpointFilters, policies, projects, roleAssignments, roles, users } =
  identity;

type Call = (session: Session, given: never) => unknown;

/** By call: an unknown name, the name in the error, and what was meant. */
const misspelt: readonly [Call, given: object, name: string, meant?: string][] = [
  [users.list, { nmae: "demo" }, "query.nmae", "name"],
  [users.list, { domainId: "default" }, "query.domainId", "domain_id"],
  [users.list, { name__contain: "de" }, "query.name__contain", "name__contains"],
  [users.list, { email__contains: "example.org" }, "query.email__contains", "name__contains"],
  [users.list, { password: "s3cret" }, "query.password"],
  [users.list, { enabeld: true }, "query.enabeld", "enabled"],
  [projects.list, { not_tags: ["test"] }, "query.not_tags", "not-tags"],
  [projects.list, { parent: "default" }, "query.parent", "parent_id"],
  [roles.list, { limit: 10 }, "query.limit"],
  [roleAssignments.list, { usr: "u" }, "query.usr", "user"],
  [roleAssignments.list, { user_id: "u" }, "query.user_id", "user.id"],
  [roleAssignments.list, { includeNames: true }, "query.includeNames", "include_names"],
  [identity.services.list, { typ: "compute" }, "query.typ", "type"],
  [identity.trusts.list, { trustor: "u" }, "query.trustor"],
  [(at, given) => users.list(at, {}, given), { singal: 1 }, "options.singal", "signal"],
  [(at, given) => users.get(at, "u", given), { timeout: 1 }, "options.timeout"],
  [(at, given) => users.find(at, "u", given), { domian: "d" }, "options.domian", "domain"],
  [(at, given) => identity.services.find(at, "s", given), { domain: "d" }, "options.domain"],
  [
    (at, given) => users.create(at, { name: "u" }, given),
    { signals: 1 },
    "options.signals",
    "signal",
  ],
  [(at, given) => users.delete(at, "u", given), { mising: "ok" }, "options.mising", "missing"],
  [(at, given) => users.projects(at, "u", {}, given), { limit: 1 }, "options.limit"],
  [
    (at, given) => roles.check(at, { ...grant, ...(given as object) }),
    { inherted: true },
    "grant.inherted",
    "inherited",
  ],
  [
    (at, given) => roles.granted(at, { ...place, ...(given as object) }),
    { domian: "d" },
    "grant.domian",
    "domain",
  ],
  [
    (at, given) => policies.assign(at, { policy: "p", service: "s", ...(given as object) }),
    { regoin: "r" },
    "use.regoin",
    "region",
  ],
  [
    (at, given) =>
      endpointFilters.assign(at, { project: "p", endpoint: "e", ...(given as object) }),
    { group: "g" },
    "filter.group",
  ],
  [
    (at, given) => projects.get(at, "p", given),
    { parent_as_ids: true },
    "options.parent_as_ids",
    "parents_as_ids",
  ],
  [
    (at, given) => domainConfigs.get(at, "d", given),
    { options: "url" },
    "options.options",
    "option",
  ],
];

const grant = { role: "r", user: "u", project: "p" };
const place = { user: "u", project: "p" };

const cases: readonly Case[] = [
  {
    name: "a filter or an option that is misspelt is refused, with what was most likely meant",
    async run(env) {
      const server = faulty(env, "pages");
      const session = sessionAt(server);
      for (const [call, given, name, meant] of misspelt) {
        const { message } = await failure(async () => call(session, given as never), OptionsError);
        assert.isTrue(message.startsWith(`${name}: expected `), message);
        const hint = /did you mean (.+)\?$/.exec(message)?.[1];
        assert.equal(hint, meant, message);
        assert.notInclude(message, "s3cret");
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "options that are not an object, and a signal that is not one, are refused by their name",
    async run(env) {
      const server = faulty(env, "pages");
      const session = sessionAt(server);
      for (const wrong of ["soon", [], 5] as never[]) {
        const { message } = await failure(async () => users.get(session, "u", wrong), OptionsError);
        assert.include(message, "options: expected an object");
      }
      for (const wrong of ["soon", {}, 5] as never[]) {
        const call = async () => users.list(session, {}, { signal: wrong });
        const { message } = await failure(call, OptionsError);
        assert.include(message, "options.signal: expected an");
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "an undefined option counts as absent, whatever its name",
    async run(env) {
      const server = faulty(env, "pages-old");
      const query = { nmae: undefined, name: undefined, domain_id: null };
      await users.list(sessionAt(server), query as object, { singal: undefined } as object);
      const paths = (await server.log()).map(({ path }) => path);
      assert.deepEqual(paths.slice(1), ["/v3/users?limit=500"]);
    },
  },
  {
    name: "attributes that the API does not know are sent",
    async run(env) {
      const server = faulty(env, "ok");
      const made = users.create(sessionAt(server), { name: "robot", nmae: "left" });
      await made.catch(() => undefined);
      const [, sent] = await server.log();
      assert.deepEqual(JSON.parse(String(sent?.body)), { user: { name: "robot", nmae: "left" } });
    },
  },
  {
    name: "attributes that JSON can't express are an OptionsError that names them",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const round: Record<string, unknown> = { name: "robot" };
      round.self = round;
      for (const user of [round, { name: "robot", big: 5n }]) {
        const { message } = await failure(users.create(session, user as never), OptionsError);
        assert.include(message, "user: expected values that JSON can hold");
      }
      assert.isEmpty(await server.log());
    },
  },
];

export default cases;
