/** Concurrent callers: they share logins, renewals and failures, and each aborts only its own call. */
import { assert } from "chai";
import { KeystoneError, revokeToken } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  sessionAt,
  sessionOf,
  sleep,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const many = Array.from({ length: 50 });

const cases: readonly Case[] = [
  {
    name: "fifty callers at once share one login",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const sent = await during(env, async () => {
        const tokens = await Promise.all(many.map(() => session.token()));
        assert.equal(new Set(tokens).size, 1);
      });
      assert.deepEqual(sent, [login]);
    },
  },
  {
    name: "fifty callers at once share one renewal, whoever is the first to see the 401",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const { id } = await session.token();
      await revokeToken(adminOf(env), id);
      const sent = await during(env, async () => {
        const all = await Promise.all(many.map(() => session.projects()));
        for (const projects of all) assert.lengthOf(projects, 2);
      });
      assert.lengthOf(
        sent.filter((line) => line === login),
        1,
      );
      assert.isAtMost(sent.length, 101);
    },
  },
  {
    name: "fifty callers at once share one failure, and the next one tries again",
    async run(env) {
      const server = faulty(env, "500-once");
      const session = sessionAt(server);
      const errors = await Promise.all(many.map(() => failure(session.token(), KeystoneError)));
      assert.equal(new Set(errors.map(({ message }) => message)).size, 1);
      // But each gets an object of its own.
      assert.equal(new Set(errors).size, errors.length);
      assert.equal((await session.token()).user.name, "demo");
      assert.lengthOf(await server.log(), 2);
    },
  },
  {
    name: "a caller who aborts does not take the others along",
    async run(env) {
      const server = faulty(env, "ok");
      let answer = () => {};
      const answered = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const session = sessionAt(server, {
        fetch: async (input, init) => {
          const response = await fetch(input, init);
          await answered;
          return response;
        },
      });
      const reason = new Error("had to go");
      const controller = new AbortController();
      const { signal } = controller;
      const first = outcome(session.token({ signal }));
      const second = session.token();
      const third = outcome(session.fetch(`${server.at("service-ok")}/things`, { signal }));
      // The login is on its way, and not answered yet.
      await sleep(0);
      controller.abort(reason);
      assert.strictEqual(await first, reason);
      assert.strictEqual(await third, reason);
      answer();
      assert.equal((await second).user.name, "demo");
      assert.lengthOf(await server.log(), 1);
    },
  },
  {
    name: "logins of one session come one after the other",
    async run(env) {
      const session = sessionOf(env, "demo", { scope: "unscoped" });
      const tokens = await Promise.all([
        session.authenticate(),
        session.authenticate(),
        session.token(),
      ]);
      // The last login is what counts, whichever was sent first.
      assert.strictEqual(await session.token(), tokens[1]);
      assert.strictEqual(tokens[2], tokens[1]);
    },
  },
];

export default cases;
