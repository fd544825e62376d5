/**
 * Lists of newer Keystones are complete: those that filter too late, refuse a filter, or take long.
 */
import { assert } from "chai";
import type { Scope } from "keystone-fetch";
import {
  accessRules,
  domains,
  groups,
  projects,
  roleAssignments,
  roles,
  users,
} from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { ids } from "../fixtures/scratch.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** The id of the last of 1,208. */
const last = "1207".padStart(32, "0");

const mine: Scope = { domain: { id: "mine" } };

/** The requests after the login. */
const asked = async (server: Faulty) =>
  (await server.log()).slice(1).map(({ path }) => path.replace(/^\/v3\//, ""));

type Found = PromiseLike<readonly { readonly id: string }[] & { readonly truncated: boolean }>;

/** Checks that a list has just the last record of all, and is complete. */
async function assertOnlyLast(list: Found): Promise<void> {
  const found = await list;
  assert.deepEqual(ids(found), [last]);
  assert.isFalse(found.truncated);
}

const cases: readonly Case[] = [
  {
    name: "a tag is found behind the first pages, though the server looks for it on each page alone",
    async run(env) {
      const session = sessionAt(faulty(env, "late"));
      await assertOnlyLast(projects.list(session, { tags: ["needle"] }));
      assert.isEmpty(await projects.list(session, { tags: ["needle"], "not-tags": ["needle"] }));
      const all = await projects.list(session);
      assert.lengthOf(all, 1208);
      assert.isFalse(all.truncated);
    },
  },
  {
    name: "with a token for a domain, its projects, groups and itself are found behind the first pages",
    async run(env) {
      const server = faulty(env, "late");
      const session = sessionAt(server, { scope: mine });
      await assertOnlyLast(projects.list(session));
      await assertOnlyLast(groups.list(session));
      assert.deepEqual(await asked(server), [
        "projects?limit=500&domain_id=mine",
        "groups?limit=500&domain_id=mine",
      ]);
      const own = sessionAt(faulty(env, "late"), { scope: { domain: { id: last } } });
      await assertOnlyLast(domains.list(own));
      assert.isEmpty(await domains.list(own, { name: "another" }));
      for await (const { id } of domains.list(own)) assert.equal(id, last);
    },
  },
  {
    name: "a filter that a release refuses is applied here",
    async run(env) {
      const server = faulty(env, "strict");
      const session = sessionAt(server);
      await assertOnlyLast(groups.list(session, { name__istartswith: "DEF" }));
      await assertOnlyLast(roles.list(session, { name__contains: "faul" }));
      const [image, ...none] = await accessRules.list(session, "u", { service: "image" });
      assert.equal(image?.id, "b");
      assert.isEmpty(none);
      const top = await projects.list(session, { parent_id: "default" });
      assert.lengthOf(top, 6);
      assert.isFalse(top.truncated);
      const rules = (await asked(server)).filter((path) => path.includes("access_rules"));
      assert.deepEqual(rules, ["users/u/access_rules?service=image", "users/u/access_rules"]);
    },
  },
  {
    name: "role assignments may take longer than the session's timeout, other lists may not",
    async run(env) {
      const session = sessionAt(faulty(env, "slow-lists"), { timeout: 500 });
      assert.isEmpty(await roleAssignments.list(session, { include_names: true }));
      assert.include(String(await outcome(users.list(session))), "timed out");
    },
  },
];

export default cases;
