/** Deletion happens once, and counts as done if the answer to it was lost. */
import { assert } from "chai";
import { NotFoundError, OptionsError, type Session } from "keystone-fetch";
import {
  credentials,
  ec2Credentials,
  groups,
  projects,
  roles,
  users,
} from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { users as recorded } from "../fixtures/identity.ts";
import { unique } from "../fixtures/scratch.ts";
import { adminOf, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** The last word of the path at which the fault strikes: the server has no such thing afterwards. */
const id = "this";

const deletes: Record<string, (session: Session) => Promise<unknown>> = {
  "users.delete": (session) => users.delete(session, id),
  "ec2Credentials.delete": (session) => ec2Credentials.delete(session, "user", id),
  "groups.removeUser": (session) => groups.removeUser(session, "group", id),
  "projects.removeTag": (session) => projects.removeTag(session, "project", id),
  "roles.unassign": (session) => roles.unassign(session, { role: id, user: "u", project: "p" }),
};

/** By the fault of the first try: whether that may have deleted the thing. */
const first: Record<string, boolean> = {
  "504-once": true,
  "502-once": true,
  "503-once": true,
  // Not a reset, after which some runtimes repeat requests by themselves, unnoticed.
  "slow-headers-once": true,
  "half-once": false,
  "429-once": false,
};

const cases: readonly Case[] = [
  ...Object.entries(deletes).map(
    ([name, call]): Case => ({
      name: `${name}: a 404 to the second try, after the answer to the first was lost, is done`,
      async run(env) {
        const server = faulty(env, `504-once@${id}`);
        await call(sessionAt(server, { retry: undefined }));
        const tries = (await server.log()).filter(({ path }) => path.endsWith(id));
        assert.lengthOf(tries, 2);
      },
    }),
  ),
  {
    name: "a 404 to the second try is done only if the first may have done it",
    async run(env) {
      for (const [fault, done] of Object.entries(first)) {
        const options = { retry: 1, timeout: 2000 };
        const session = sessionAt(faulty(env, `${fault}@${id}`), options);
        const work = users.delete(session, id);
        if (done) await work;
        else await failure(work, NotFoundError);
      }
    },
  },
  {
    name: "a 404 to the first try is a NotFoundError, unless the caller said that it is fine",
    async run(env) {
      const session = sessionAt(faulty(env, "ok"), { retry: undefined });
      await failure(users.delete(session, id), NotFoundError);
      await users.delete(session, id, { missing: "ok" });
      await failure(users.delete(session, id, { missing: "error" }), NotFoundError);
      const wrong = { missing: true as never };
      const { message } = await failure(credentials.delete(session, id, wrong), OptionsError);
      assert.include(message, 'options.missing: expected "ok" or "error"');
    },
  },
  {
    name: "a real user who does not exist is no failure, where that is fine",
    async run(env) {
      const admin = adminOf(env);
      const { id } = await recorded.create(admin, { name: unique("robot"), domain_id: "default" });
      await recorded.delete(admin, id);
      await failure(recorded.delete(admin, id), NotFoundError);
      await recorded.delete(admin, id, { missing: "ok" });
    },
  },
];

export default cases;
