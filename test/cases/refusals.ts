/** What a real Keystone refuses, and what state the session is in then. */
import { assert } from "chai";
import {
  type AuthMethod,
  applicationCredential,
  password,
  type Scope,
  token,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { demoOn, passwordOf, project, sessionOf } from "../fixtures/sessions.ts";

const secret = "n0t-the-s3cret";
const home = { name: "Default" };

interface Refused {
  readonly auth: AuthMethod | ((env: Env) => AuthMethod);
  readonly scope?: Scope;
  /** Some releases answer 404 to unknown names. */
  readonly or404?: boolean;
}

const demo = (env: Env) => passwordOf(env, "demo");

const refused: Record<string, Refused> = {
  "a wrong password": { auth: password({ name: "demo", domain: home, password: secret }) },
  "a disabled user": { auth: (env) => passwordOf(env, "disabled"), scope: project("web") },
  "an unknown user": { auth: password({ name: "nobody", domain: home, password: secret }) },
  "an unknown user id": { auth: password({ id: "0123456789abcdef", password: secret }) },
  "an unknown domain of the user": {
    auth: password({ name: "demo", domain: { name: "nowhere" }, password: secret }),
  },
  "an unknown project": { auth: demo, scope: project("nothing") },
  "a project in the wrong domain": { auth: demo, scope: project("web", "research") },
  "a project without a role on it": { auth: demo, scope: project("admin") },
  "a disabled project": {
    auth: (env) => passwordOf(env, "researchDemo"),
    scope: project("archive", "research"),
  },
  "a domain without a role on it": { auth: demo, scope: { domain: home } },
  "the system without a role on it": { auth: demo, scope: { system: "all" } },
  "an unknown trust": { auth: demo, scope: { trust: { id: "0123456789abcdef" } } },
  "an unknown application credential": {
    auth: applicationCredential({ id: "0123456789abcdef", secret }),
    or404: true,
  },
  "an unknown name of an application credential": {
    auth: applicationCredential({ name: "nothing", user: { name: "demo", domain: home }, secret }),
    or404: true,
  },
  "a token that never was one": { auth: token(secret), or404: true },
};

const cases: readonly Case[] = [
  ...Object.entries(refused).map(([what, { auth, scope, or404 = false }]) => ({
    name: `${what} is refused, and changes nothing`,
    async run(env: Env) {
      const method = typeof auth === "function" ? auth(env) : auth;
      const session = sessionOf(env, "demo", { auth: method, scope });
      const { state } = session;
      let changes = 0;
      const unsubscribe = session.subscribe(() => changes++);
      const error = await failure(session.authenticate(), UnauthorizedError);
      unsubscribe();
      assert.equal(error.code, "Unauthorized");
      assert.include(or404 ? [401, 404] : [401], error.status);
      assert.match(error.requestId ?? "", /^req-/);
      assert.match(error.message, /POST http.*\/v3\/auth\/tokens/);
      assert.strictEqual(session.state, state);
      assert.equal(changes, 0);
      assertHides(error, secret, ...Object.values(env.accounts).map((account) => account.password));
    },
  })),
  {
    name: "a live session outlives another user's failed login",
    async run(env) {
      const session = demoOn(env);
      const before = await session.authenticate();
      const { state } = session;
      const wrong = password({ name: "dora", domain: home, password: secret });
      await failure(session.authenticate(wrong), UnauthorizedError);
      assert.strictEqual(session.state, state);
      assert.strictEqual(await session.token(), before);
      assert.include(
        (await session.projects()).map(({ name }) => name),
        "web",
      );
    },
  },
  {
    name: "nobody gets in with a revoked token",
    async run(env) {
      const first = demoOn(env);
      const { id } = await first.token();
      await first.revoke();
      const session = sessionOf(env, "demo", { auth: token(id), scope: project("data") });
      const error = await failure(session.authenticate(), UnauthorizedError);
      assertHides(error, id);
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  },
  {
    name: "the error of a wrong password says what else may be wrong: the server doesn't",
    async run(env) {
      const auth = password({ name: "demo", domain: home, password: secret });
      const { message } = await failure(
        sessionOf(env, "demo", { auth, scope: project("web") }).token(),
        UnauthorizedError,
      );
      for (const word of ["disabled", "role"]) assert.include(message, word);
    },
  },
];

export default cases;
