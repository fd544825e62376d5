/** The end of a session: with those rescoped from it, or without them, and at the end of a block. */
import { assert } from "chai";
import { checkToken, createSession, KeystoneError, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  adminOf,
  demoOn,
  passwordOf,
  project,
  sessionAt,
  withoutAuth,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** WebKit knows no `await using` yet; a session then has it under the symbol of the registry. */
const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

const cases: readonly Case[] = [
  {
    name: "revoke() leaves the rescoped sessions alive, here and at the server",
    async run(env) {
      const admin = adminOf(env);
      const session = demoOn(env);
      const child = session.rescope(project("data"));
      await session.token();
      const { id } = await child.token();
      await session.revoke();
      assert.deepEqual(session.state, { status: "unauthenticated" });
      assert.equal(child.state.status, "scoped");
      assert.isTrue(await checkToken(admin, id));
      assert.lengthOf(await child.projects(), 2);
    },
  },
  {
    name: "revoke({ rescoped: true }) ends them too, to any depth and with their credentials",
    async run(env) {
      const admin = adminOf(env);
      for (const session of [demoOn(env), await withoutAuth(env, project("web"))]) {
        const child = session.rescope(project("data"));
        const grandchild = child.rescope("unscoped");
        const unused = session.rescope("unscoped");
        const all = [session, child, grandchild];
        const ids: string[] = [];
        for (const one of all) ids.push((await one.token()).id);
        assert.equal(new Set(ids).size, 3);
        await session.revoke({ rescoped: true });
        for (const one of [...all, unused]) {
          assert.deepEqual(one.state, { status: "unauthenticated" });
        }
        for (const id of ids) assert.isFalse(await checkToken(admin, id));
      }
    },
  },
  {
    name: "revoke({ rescoped: true }) of a child leaves its parent alone",
    async run(env) {
      const session = demoOn(env);
      const child = session.rescope(project("data"));
      await session.token();
      await child.token();
      await child.revoke({ rescoped: true });
      assert.equal(session.state.status, "scoped");
      assert.isTrue(await checkToken(adminOf(env), (await session.token()).id));
    },
  },
  {
    name: "revoke({ rescoped: true }) while a rescoped session logs in: no token is left over",
    async run(env) {
      const server = faulty(env, "late");
      const session = sessionAt(server);
      await session.token();
      const child = session.rescope(project("demo"));
      const login = child.token().catch(() => undefined);
      await session.revoke({ rescoped: true });
      await login;
      assert.deepEqual(child.state, { status: "unauthenticated" });
      const log = await server.log();
      const logins = log.filter(({ method }) => method === "POST");
      const ends = log.filter(({ method }) => method === "DELETE");
      assert.lengthOf(ends, logins.length);
    },
  },
  {
    name: "all are forgotten though the server can't be told, and the state says why",
    async run(env) {
      const server = faulty(env, "503@tokens");
      const good = { ...server, url: server.at("ok") };
      const session = sessionAt(good, {
        fetch: async (input, init) => {
          const url = String(input);
          const isEnd = init?.method === "DELETE";
          return fetch(isEnd ? url.replace("/ok/", "/503@tokens/") : url, init);
        },
      });
      const child = session.rescope(project("demo"));
      await session.token();
      await child.token();
      const error = await failure(session.revoke({ rescoped: true }), KeystoneError);
      assert.equal(error.status, 503);
      assert.deepEqual(session.state, { status: "unauthenticated", error });
      assert.equal(child.state.status, "unauthenticated");
    },
  },
  {
    name: "the end of a block revokes, and a failure of that is ignored",
    async run(env) {
      const session = demoOn(env);
      const { id } = await session.token();
      assert.isUndefined(await session[asyncDispose]());
      assert.deepEqual(session.state, { status: "unauthenticated" });
      assert.isFalse(await checkToken(adminOf(env), id));
      const server = faulty(env, "ok");
      let isDown = false;
      const unlucky = sessionAt(server, {
        fetch: async (input, init) =>
          isDown ? Promise.reject(new RangeError("down")) : fetch(input, init),
      });
      await unlucky.token();
      isDown = true;
      assert.isUndefined(await unlucky[asyncDispose]());
      assert.equal(unlucky.state.status, "unauthenticated");
      // A session that never had a token sends nothing.
      const idle = faulty(env, "ok");
      await sessionAt(idle)[asyncDispose]();
      assert.isEmpty(await idle.log());
    },
  },
  {
    name: "after a sign-out without kept credentials, authenticate() is needed again",
    async run(env) {
      const session = createSession({ authUrl: `${env.keystone}/v3` });
      await session.authenticate(passwordOf(env, "demo"));
      const child = session.rescope(project("web"));
      await child.token();
      await session.revoke({ rescoped: true });
      for (const one of [session, child]) await failure(one.token(), UnauthorizedError);
      await session.authenticate(passwordOf(env, "dora"));
      assert.equal((await child.token()).user.name, "dora");
    },
  },
];

export default cases;
