/** How much is sent for what: counted at the real servers. */
import { assert } from "chai";
import { createSession, revokeToken, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import {
  adminOf,
  demoOn,
  during,
  failure,
  login,
  outcome,
  passwordOf,
  project,
  sessionAt,
  sessionOf,
  sleep,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const call = "GET placement /resource_providers";
const many = Array.from({ length: 50 });

const cases: readonly Case[] = [
  {
    name: "a login and the first call are two requests",
    async run(env) {
      const session = adminOf(env);
      const first = await during(env, async () => {
        await (await session.service("placement")).get("resource_providers");
      });
      assert.deepEqual(first, [login, call]);
      const second = await during(env, async () => {
        await (await session.service("placement")).get("resource_providers");
        await session.token();
        await session.endpoint("compute");
      });
      assert.deepEqual(second, [call]);
    },
  },
  {
    name: "with an address that names no version they are three, and never more",
    async run(env) {
      const auth = passwordOf(env, "admin");
      const session = createSession({ authUrl: env.keystone, auth, scope: project("admin") });
      const first = await during(env, async () => {
        await (await session.service("placement")).get("resource_providers");
      });
      // A browser keeps a 300, and may have it from an earlier case.
      const known = env.runtime === "chromium" && first.length === 2;
      assert.deepEqual(first, known ? [login, call] : ["GET keystone /", login, call]);
      const later = await during(env, async () => {
        await session.authenticate();
        await session.projects();
        await session.rescope({ system: "all" }).token();
        await session.service("identity");
        await session.revoke();
        await session.token();
      });
      const expected = [
        login,
        "GET keystone /v3/auth/projects",
        login,
        "DELETE keystone /v3/auth/tokens",
        login,
      ];
      assert.deepEqual(later, expected);
    },
  },
  {
    name: "nothing is sent before it is needed",
    async run(env) {
      const sent = await during(env, async () => {
        const session = demoOn(env);
        session.subscribe(() => undefined)();
        const child = session.rescope(project("data"));
        assert.isFalse(await child.restore());
        await session.revoke();
        assert.equal((await session.endpoint("identity")).url, `${env.keystone}/v3`);
      });
      assert.isEmpty(sent);
    },
  },
  {
    name: "fifty callers at once share one login",
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
      const server = faulty(env, "401-once");
      const session = sessionAt(server);
      const errors = await Promise.all(many.map(() => failure(session.token(), UnauthorizedError)));
      assert.equal(new Set(errors).size, 1);
      assert.equal((await session.token()).user.name, "demo");
      assert.lengthOf(await server.log(), 2);
    },
  },
  {
    name: "who gives up does not take the others along",
    async run(env) {
      const server = faulty(env, "late");
      const session = sessionAt(server);
      const reason = new Error("had to go");
      const controller = new AbortController();
      const { signal } = controller;
      const first = outcome(session.token({ signal }));
      const second = session.token();
      const third = outcome(session.fetch(`${server.at("service-ok")}/things`, { signal }));
      await sleep(100);
      controller.abort(reason);
      assert.strictEqual(await first, reason);
      assert.strictEqual(await third, reason);
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
  {
    name: "fetch is looked up when it is called, and a session's own goes before it",
    async run(env) {
      const { fetch } = globalThis;
      const seen: string[] = [];
      const seeing =
        (name: string): typeof fetch =>
        (input, init) => {
          seen.push(name);
          return fetch(input, init);
        };
      const [session, own] = [demoOn(env), sessionOf(env, "demo", { fetch: seeing("own") })];
      globalThis.fetch = seeing("global");
      try {
        await session.token();
        await own.token();
      } finally {
        globalThis.fetch = fetch;
      }
      assert.deepEqual(seen, ["global", "own"]);
    },
  },
];

export default cases;
