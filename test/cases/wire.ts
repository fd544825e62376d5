/** How many requests each thing takes, counted at the real servers. */
import { assert } from "chai";
import { createSession } from "keystone-fetch";
import { type Case, inLane, isPage } from "../case.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  passwordOf,
  project,
  sessionOf,
} from "../fixtures/sessions.ts";

const call = "GET placement /resource_providers";

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
      const known = isPage(env) && first.length === 2;
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
        "DELETE keystone /v3/auth/tokens?cascade=false",
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

export default inLane("alone", cases);
