/** A token's expiry: measured by its life, announced when it comes, and followed by a new login. */
import { assert } from "chai";
import { createSession, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { living, project, sessionAt, shortLived, sleep, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "a subscriber is told of the expiry when it comes, and the next call logs in again",
    async run(env) {
      const session = living(env, 2, { expiryMargin: 0 });
      const token = await session.token();
      // With the case's own clock: on a busy machine, both are late.
      const clock = sleep(2000).then(() => Date.now());
      const told = await new Promise<number>((resolve) => {
        const stop = session.subscribe(() => {
          stop();
          resolve(Date.now());
        });
      });
      assert.closeTo(told - (await clock), 0, 400);
      assert.deepInclude(session.state, { status: "expired", token, reason: "time" });
      const next = await session.token();
      assert.notEqual(next.id, token.id);
      assert.deepInclude(session.state, { status: "scoped", token: next });
    },
  },
  {
    name: "without a subscriber, the expiry shows when somebody looks",
    async run(env) {
      const session = living(env, 1);
      const token = await session.token();
      assert.equal(session.state.status, "scoped");
      await sleep(950);
      const { state } = session;
      assert.deepInclude(state, { status: "expired", token, reason: "time" });
      assert.strictEqual(session.state, state);
    },
  },
  {
    name: "the margin is never more than a tenth of the life",
    async run(env) {
      const sessions = [undefined, 0, 1, 7200].map((expiryMargin) =>
        living(env, 3, { expiryMargin }),
      );
      const statuses = () => sessions.map(({ state }) => state.status);
      await Promise.all(sessions.map((session) => session.token()));
      await sleep(2000);
      assert.deepEqual(statuses(), ["scoped", "scoped", "scoped", "scoped"]);
      await sleep(1100);
      assert.deepEqual(statuses(), ["expired", "expired", "expired", "expired"]);
    },
  },
  {
    name: "a token that can't be renewed ends, and the error says so",
    async run(env) {
      const authUrl = `${faulty(env, "ok").url}/v3`;
      const session = createSession({ authUrl, fetch: shortLived(1) });
      const token = await session.authenticate(somebody);
      const child = session.rescope(project("demo"));
      await child.token();
      await sleep(1000);
      for (const ended of [session, child]) {
        await failure(ended.token(), UnauthorizedError);
        await failure(ended.fetch(authUrl), UnauthorizedError);
        assert.equal(ended.state.status, "expired");
      }
      assert.deepInclude(session.state, { status: "expired", token, reason: "time" });
    },
  },
  {
    name: "a rescoped session goes back to the credentials when its parent has expired",
    async run(env) {
      const session = living(env, 1);
      await session.token();
      const child = session.rescope("unscoped");
      assert.deepEqual((await child.token()).methods, ["token"]);
      await sleep(1000);
      assert.deepEqual((await child.token()).methods, ["password"]);
      assert.equal(session.state.status, "expired");
    },
  },
  {
    name: "a clock that is a day off shortens or lengthens nothing",
    async run(env) {
      const session = sessionAt(faulty(env, "skewed-clock"));
      const token = await session.token();
      assert.isBelow(Number(token.expiresAt), Date.now() - 3_600_000);
      assert.strictEqual(await session.token(), token);
      assert.equal(session.state.status, "scoped");
    },
  },
  {
    name: "times without a zone are UTC",
    async run(env) {
      const { expiresAt, issuedAt } = await sessionAt(faulty(env, "no-zone")).token();
      assert.closeTo(Number(issuedAt), Date.now(), 5000);
      assert.equal(Number(expiresAt) - Number(issuedAt), 3_600_000);
    },
  },
];

export default cases;
