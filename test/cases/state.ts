/** The states of a session at a real Keystone, and who is notified of them. */
import { assert } from "chai";
import { revokeToken, token as tokenMethod, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  adminOf,
  demoOn,
  passwordOf,
  project,
  sessionAt,
  sessionOf,
  watched,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "from login to revoke, each change is announced once",
    async run(env) {
      const session = demoOn(env, "unscoped");
      const { seen, stop } = watched(session);
      await session.token();
      const child = session.rescope(project("web"));
      const other = watched(child);
      await child.token();
      await child.token();
      await child.authenticate();
      await child.revoke();
      await session.authenticate(passwordOf(env, "dora"));
      await session.revoke();
      await session.revoke();
      assert.deepEqual(seen, ["unscoped", "unscoped", "unauthenticated"]);
      assert.deepEqual(other.seen, ["scoped", "scoped", "unauthenticated"]);
      stop();
      await session.token();
      assert.lengthOf(seen, 3);
      other.stop();
    },
  },
  {
    name: "one listener passed twice counts as two, and each can be removed, even while it is called",
    async run(env) {
      const session = demoOn(env);
      let told = 0;
      const listener = () => told++;
      const [first, second] = [session.subscribe(listener), session.subscribe(listener)];
      const third = session.subscribe(() => third());
      await session.authenticate();
      assert.equal(told, 2);
      first();
      first();
      await session.authenticate();
      assert.equal(told, 3);
      second();
      await session.authenticate();
      assert.equal(told, 3);
    },
  },
  {
    name: "a listener that throws disturbs neither the session nor the others, and is not silenced",
    lane: "alone",
    async run(env) {
      const session = sessionAt(faulty(env, "ok"));
      const reason = new Error("a listener's own");
      const thrown: unknown[] = [];
      const { queueMicrotask: queue } = globalThis;
      session.subscribe(() => {
        throw reason;
      });
      const { seen } = watched(session);
      // Nobody could catch it where it is thrown, which would end this program.
      globalThis.queueMicrotask = (work) =>
        queue(() => {
          try {
            work();
          } catch (error) {
            thrown.push(error);
          }
        });
      try {
        await session.authenticate();
      } finally {
        globalThis.queueMicrotask = queue;
      }
      assert.deepEqual(seen, [session.state.status]);
      assert.deepEqual(thrown, [reason]);
    },
  },
  {
    name: "the functions of a session work without `this`",
    async run(env) {
      const { authenticate, subscribe, token, projects, endpoint, fetch, revoke } = demoOn(env);
      subscribe(() => undefined)();
      await authenticate();
      await token();
      assert.lengthOf(await projects(), 2);
      const { url } = await endpoint("identity");
      assert.equal((await fetch(`${url}/auth/domains`)).status, 200);
      await revoke();
    },
  },
  {
    name: "a session whose given token has ended stays expired, and says so",
    async run(env) {
      const { id } = await sessionOf(env, "demo").token();
      const session = sessionOf(env, "demo", { auth: tokenMethod(id), scope: project("web") });
      const token = await session.token();
      await revokeToken(adminOf(env), id);
      await revokeToken(adminOf(env), token.id);
      await failure(session.projects(), UnauthorizedError);
      assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
    },
  },
];

export default cases;
