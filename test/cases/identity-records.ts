/** Records are read part by part: an odd part costs only itself, not the whole list. */
import { assert } from "chai";
import { ResponseError } from "keystone-fetch";
import { credentials, projects, roleAssignments, users } from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "users with odd attributes are listed, and what has no id is kept apart",
    async run(env) {
      const session = sessionAt(faulty(env, "odd-records"));
      const list = await users.list(session);
      assert.deepEqual(
        list.map(({ id, name, domain_id, enabled }) => [id, name, domain_id, enabled]),
        [
          ["1", "glance", "default", true],
          ["2", "jsmith", "default", false],
          ["3", "", "", true],
          ["4", "", "", false],
        ],
      );
      assert.deepInclude(list[2], { email: undefined, options: undefined, shelf: [1] });
      assert.equal(list[3]?.password_expires_at, "2027-01-31T09:30:00.000000Z");
      assert.deepEqual(list.skipped, [
        { name: "no id", domain_id: "default", enabled: true },
        { id: "", name: "empty id" },
        null,
        "glance",
      ]);
      assert.isFalse(list.truncated);
      const walk = users.list(session);
      const seen: string[] = [];
      for await (const { id } of walk) seen.push(id);
      assert.deepEqual(seen, ["1", "2", "3", "4"]);
      assert.lengthOf(walk.skipped, 4);
    },
  },
  {
    name: "a credential whose secret the server does not show is listed",
    async run(env) {
      const list = await credentials.list(sessionAt(faulty(env, "odd-records")));
      assert.deepEqual(
        list.map(({ type, blob }) => [type, blob]),
        [
          ["totp", undefined],
          ["cert", "x"],
        ],
      );
      assert.isEmpty(list.skipped);
    },
  },
  {
    name: "projects with odd tags keep those that are tags",
    async run(env) {
      const list = await projects.list(sessionAt(faulty(env, "odd-records")));
      assert.deepEqual(
        list.map(({ tags, enabled, is_domain }) => [tags, enabled, is_domain]),
        [
          [["one"], undefined, false],
          [["two"], true, undefined],
          [undefined, undefined, undefined],
        ],
      );
    },
  },
  {
    name: "a role assignment without a role is kept apart; one without a user says nothing of them",
    async run(env) {
      const list = await roleAssignments.list(sessionAt(faulty(env, "odd-records")));
      assert.deepEqual(
        list.map(({ role, user, scope }) => [
          role.id,
          user?.id,
          scope.project?.id,
          scope.domain?.id,
        ]),
        [
          ["r", "u", "p", undefined],
          ["r", undefined, undefined, "d"],
        ],
      );
      assert.lengthOf(list.skipped, 1);
    },
  },
  {
    name: "what is no list at all is a ResponseError",
    async run(env) {
      for (const fault of ["html@users", "json-other@users", "json-null@users"]) {
        await failure(users.list(sessionAt(faulty(env, fault))), ResponseError);
      }
    },
  },
];

export default cases;
