/** `token` in the options: an existing token, used as it is and never exchanged. */
import { assert } from "chai";
import {
  createSession,
  InvalidTokenError,
  OptionsError,
  password,
  revokeToken,
  type SessionOptions,
  type Token,
  UnauthorizedError,
  validateToken,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  mapStore,
  passwordOf,
  project,
} from "../fixtures/sessions.ts";

const having = (env: Env, token: string | Token, options: Partial<SessionOptions> = {}) =>
  createSession({ authUrl: `${env.keystone}/v3`, token, ...options });

const read = "GET keystone /v3/auth/tokens";

const cases: readonly Case[] = [
  {
    name: "an id is read once, whoever asks first, and becomes the session's token",
    lane: "alone",
    async run(env) {
      const given = await demoOn(env).token();
      const session = having(env, given.id);
      const sent = await during(env, async () => {
        const [one, two] = await Promise.all([session.token(), session.token(), session.restore()]);
        assert.strictEqual(one, two);
        assert.equal(one.id, given.id);
        assert.deepEqual(one.scope, given.scope);
        assert.deepEqual(one.catalog, given.catalog);
        assert.equal(one.expiresAt.getTime(), given.expiresAt.getTime());
        await session.token();
      });
      assert.deepEqual(sent, [read]);
    },
  },
  {
    name: "a Token is used without any request, and calls carry it",
    lane: "alone",
    async run(env) {
      const given = await demoOn(env).token();
      const session = having(env, given);
      const sent = await during(env, async () => {
        assert.equal((await session.token()).id, given.id);
        await session.projects();
      });
      assert.deepEqual(sent, ["GET keystone /v3/auth/projects"]);
      assert.deepInclude(session.state, { status: "scoped" });
    },
  },
  {
    name: "one that is not good is an InvalidTokenError, without auth; nothing of it is shown",
    async run(env) {
      const { id } = await demoOn(env).token();
      await revokeToken(adminOf(env), id);
      for (const given of [id, "never-was-one"]) {
        const session = having(env, given);
        for (let turn = 0; turn < 2; turn++) {
          const error = await failure(session.token(), InvalidTokenError);
          assertHides(error, given);
        }
        assert.deepEqual(session.state, { status: "unauthenticated" });
      }
    },
  },
  {
    name: "one that dies is renewed if there is auth, and only then",
    lane: "alone",
    async run(env) {
      const admin = adminOf(env);
      const one = await demoOn(env).token();
      const two = await demoOn(env).token();
      const auth = passwordOf(env, "demo");
      const renewing = having(env, one.id, { auth, scope: project("web") });
      const bare = having(env, two);
      await Promise.all([renewing.token(), bare.token(), admin.token()]);
      await Promise.all([revokeToken(admin, one.id), revokeToken(admin, two.id)]);
      const sent = await during(env, async () => {
        await renewing.projects();
        assert.notEqual((await renewing.token()).id, one.id);
        await failure(bare.projects(), UnauthorizedError);
      });
      assert.lengthOf(
        sent.filter((line) => line === login),
        1,
      );
      assert.deepInclude(bare.state, { status: "expired", reason: "rejected" });
    },
  },
  {
    name: "another user's auth beside it does not turn the session into that user",
    async run(env) {
      const { id } = await demoOn(env).token();
      const session = having(env, id, { auth: passwordOf(env, "dora") });
      assert.equal((await session.token()).user.name, "demo");
      await revokeToken(adminOf(env), id);
      const after = await session.projects().then(
        () => session.token(),
        () => undefined,
      );
      assert.isUndefined(after);
    },
  },
  {
    name: "a scope that is not the token's is an OptionsError: it is never exchanged",
    lane: "alone",
    async run(env) {
      const { id } = await demoOn(env).token();
      const session = having(env, id, { scope: project("data") });
      const sent = await during(env, () => failure(session.token(), OptionsError));
      assert.notInclude(sent, login);
    },
  },
  {
    name: "it is not stored, and rescopes like any other",
    async run(env) {
      const store = mapStore();
      const { id } = await demoOn(env).token();
      const session = having(env, id, { store });
      await session.token();
      const child = session.rescope(project("data"));
      assert.equal((await child.token()).scope.project?.name, "data");
      assert.isEmpty([...store.map.values()]);
      await session.revoke();
      await failure(validateToken(adminOf(env), id), InvalidTokenError);
    },
  },
  {
    name: "revoke() ends it at the server, also where nobody has asked for it yet",
    async run(env) {
      for (const of of [(token: Token) => token.id, (token: Token) => token]) {
        const given = await demoOn(env).token();
        const session = having(env, of(given));
        await session.revoke();
        await failure(having(env, given.id).token(), InvalidTokenError);
        await failure(session.token(), UnauthorizedError);
      }
    },
  },
  {
    name: "anything but a token's id or a Token is an OptionsError",
    async run(env) {
      for (const given of ["", "a b", 7, {}, { id: "a" }, { id: "a b", expiresAt: new Date() }]) {
        const error = await failure(() => having(env, given as string), OptionsError);
        assert.match(error.message, /^token: expected /);
      }
    },
  },
  {
    name: "one that is not good gives way to auth, where there is any",
    async run(env) {
      const auth = passwordOf(env, "demo");
      const session = having(env, "gone", { auth, scope: project("web") });
      assert.equal((await session.token()).scope.project?.name, "web");
      assert.equal((await session.fetch(`${env.keystone}/v3/auth/projects`)).status, 200);
    },
  },
  {
    name: "it is still there after a login that failed, and gone after one that did not",
    async run(env) {
      const given = await demoOn(env).token();
      const session = having(env, given.id);
      const { name, domain } = env.accounts.demo;
      const wrong = password({ name, domain: { name: domain }, password: "wrong" });
      await failure(session.authenticate(wrong), UnauthorizedError);
      assert.equal((await session.token()).id, given.id);
      const own = await session.authenticate(passwordOf(env, "demo"));
      assert.equal((await session.token()).id, own.id);
    },
  },
];

export default cases;
