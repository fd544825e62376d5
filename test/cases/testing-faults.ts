/** How the Keystone in memory fails, delays answers and advances its clock when told to. */
import { assert } from "chai";
import { createSession, KeystoneError, TransportError } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import type { Case } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { logins } from "../testing/told.ts";

const cases: readonly Case[] = [
  {
    name: "failNext() fails as often as it is told, where it is told",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession({ ...keystone.options, retry: 0 });
      keystone.failNext(503, { path: "/auth/projects" });
      keystone.failNext(429, { path: /domains$/, retryAfter: 7, times: 2 });
      await session.token();
      const error = await failure(session.projects(), KeystoneError);
      assert.equal(error.status, 503);
      assert.lengthOf(await session.projects(), 1);
      for (const _ of [1, 2]) {
        const { status, headers } = await keystone.fetch(`${keystone.authUrl}/auth/domains`);
        assert.deepEqual([status, headers.get("Retry-After")], [429, "7"]);
      }
      assert.deepEqual(await session.domains(), []);
      keystone.failNext("network");
      await failure(session.projects(), TransportError);
      keystone.failNext(500, { times: 9 });
      keystone.clearFaults();
      assert.lengthOf(await session.projects(), 1);
    },
  },
  {
    name: "delay() lets a caller time out, or give up",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession({ ...keystone.options, timeout: 1000, retry: 0 });
      keystone.delay(60_000);
      await failure(session.token(), TransportError);
      const reason = new Error("enough");
      const controller = new AbortController();
      const answer = keystone.fetch(keystone.authUrl, { signal: controller.signal });
      controller.abort(reason);
      assert.equal(await outcome(answer), reason);
      keystone.delay(0);
      await session.token();
    },
  },
  {
    name: "advance() moves its clock: a token expires",
    async run() {
      const keystone = createTestKeystone({ tokenLife: 60 });
      const session = createSession(keystone.options);
      await session.token();
      keystone.advance(59);
      await session.projects();
      keystone.advance(1);
      await session.projects();
      assert.lengthOf(logins(keystone), 2);
    },
  },
  {
    name: "by a clock of the test's own, a token ends when its time is over",
    lane: "alone",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession(keystone.options);
      const { now } = Date;
      try {
        await session.token();
        Date.now = () => now() + 3_600_000;
        assert.equal(session.state.status, "expired");
        await session.projects();
        assert.lengthOf(logins(keystone), 2);
      } finally {
        Date.now = now;
      }
    },
  },
];

export default cases;
