/** The end of a token's time: by its length, told when it comes, and begun anew. */
import { assert } from "chai";
import { createSession, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { living, project, sessionAt, shortLived, sleep, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "a subscriber is told of the end when it comes, and the next call begins anew",
    async run(env) {
      const session = living(env, 2, { expiryMargin: 0 });
      const token = await session.token();
      // By a clock of the case's own: on a busy machine both are late.
      const clock = sleep(2000).then(() => Date.now());
      const told = await new Promise<number>((resolve) => {
        const stop = session.subscribe(() => {
          stop();
          resolve(Date.now());
        });
      });
      assert.closeTo(told - (await clock), 0, 400);
      assert.deepEqual(session.state, { status: "expired", token, reason: "time" });
      const next = await session.token();
      assert.notEqual(next.id, token.id);
      assert.deepEqual(session.state, { status: "scoped", token: next });
    },
  },
  {
    name: "without a subscriber the end is seen by who looks",
    async run(env) {
      const session = living(env, 1);
      const token = await session.token();
      assert.equal(session.state.status, "scoped");
      await sleep(950);
      const { state } = session;
      assert.deepEqual(state, { status: "expired", token, reason: "time" });
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
    name: "what can't be renewed ends, and says so",
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
      assert.deepEqual(session.state, { status: "expired", token, reason: "time" });
    },
  },
  {
    name: "a rescoped session goes back to the credentials when its parent's time is over",
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
    name: "a clock that is a day off shortens and lengthens nothing",
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
