/** Credentials that Keystone refused are sent once, by whichever session of a family comes first. */
import { assert } from "chai";
import {
  KeystoneError,
  MultiFactorRequiredError,
  PasswordExpiredError,
  password,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { passwordOf, project, sessionAt, sessionOf } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const wrong = password({ name: "demo", domain: { id: "default" }, password: "wrong" });

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ method, path }) => method === "POST" && path.endsWith("/tokens"));

const refusals: Record<string, readonly [fault: string, type: typeof KeystoneError]> = {
  "a wrong password": ["401", UnauthorizedError],
  "a password that expired": ["password-expired", PasswordExpiredError],
  "a factor that is missing": ["mfa", MultiFactorRequiredError as typeof KeystoneError],
};

const cases: readonly Case[] = [
  ...Object.entries(refusals).map(([what, [fault, type]]) => ({
    name: `${what} is sent once by a session and all that are rescoped from it`,
    async run(env: Env) {
      const server = faulty(env, fault);
      const session = sessionAt(server);
      const children = ["a", "b", "c"].map((id) => session.rescope({ project: { id } }));
      const grandchild = children[0]?.rescope("unscoped");
      await failure(children[1]?.token() ?? Promise.resolve(), type);
      for (const one of [session, ...children, grandchild, session.rescope(project("new"))]) {
        const error = await failure(() => one?.token(), type);
        assert.include(error.message, "authenticate()");
      }
      assert.lengthOf(await logins(server), 1);
      // Only authenticate() sends them again, on any of them, and for all.
      await failure(() => grandchild?.authenticate(), type);
      assert.lengthOf(await logins(server), 2);
      await failure(session.token(), type);
      assert.lengthOf(await logins(server), 2);
    },
  })),
  {
    name: "callers at once send it once, and each gets an error of their own",
    async run(env) {
      const server = faulty(env, "401");
      const session = sessionAt(server);
      const errors = await Promise.all(
        Array.from({ length: 20 }, () => failure(session.token(), UnauthorizedError)),
      );
      assert.lengthOf(await logins(server), 1);
      assert.equal(new Set(errors).size, errors.length);
      const [later] = await Promise.all([failure(session.token(), UnauthorizedError)]);
      assert.notInclude(errors, later);
    },
  },
  {
    name: "a scope that was refused while the token is good is refused alone",
    async run(env) {
      const session = sessionOf(env, "demo", { scope: project("web") });
      await session.token();
      const forbidden = session.rescope(project("admin"));
      await failure(forbidden.token(), UnauthorizedError);
      await failure(forbidden.token(), UnauthorizedError);
      assert.equal((await session.rescope(project("data")).token()).scope.project?.name, "data");
      assert.equal((await session.authenticate()).user.name, "demo");
    },
  },
  {
    name: "a provider is not asked again for what was refused, before authenticate()",
    async run(env) {
      const server = faulty(env, "ok");
      let asked = 0;
      const auth = () => {
        asked++;
        return asked === 1 ? wrong : passwordOf(env, "demo");
      };
      const session = sessionAt(server, { auth });
      const child = session.rescope("unscoped");
      await failure(session.token(), UnauthorizedError);
      await failure(child.token(), UnauthorizedError);
      await failure(session.token(), UnauthorizedError);
      assert.equal(asked, 1);
      await session.authenticate();
      await child.token();
      assert.equal(asked, 2);
    },
  },
  {
    name: "after a failure that is not a refusal, the next call tries again",
    async run(env) {
      // Deno itself resends a request after a reset.
      const reset = env.runtime === "deno" ? [] : ["reset-once"];
      for (const fault of [...reset, "500-once", "html-once", "403-once"]) {
        const server = faulty(env, fault);
        const session = sessionAt(server);
        assert.instanceOf(await outcome(session.token()), KeystoneError, fault);
        assert.equal((await session.token()).user.name, "demo", fault);
      }
    },
  },
  {
    name: "a session and those rescoped from it, all at once: one of them sends it",
    async run(env) {
      const server = faulty(env, "401");
      const session = sessionAt(server);
      const children = ["a", "b", "c"].map((id) => session.rescope({ project: { id } }));
      const all = [...children, session].map((one) => failure(one.token(), UnauthorizedError));
      const errors = await Promise.all(all);
      assert.lengthOf(await logins(server), 1);
      assert.equal(new Set(errors).size, errors.length);
    },
  },
  {
    name: "a scope that is refused while the parent logs in does not hold back the credentials",
    async run(env) {
      const session = sessionOf(env, "demo", { scope: project("web") });
      const forbidden = session.rescope(project("admin"));
      await Promise.all([session.token(), failure(forbidden.token(), UnauthorizedError)]);
      const data = session.rescope(project("data"));
      await session.revoke();
      assert.equal((await data.token()).scope.project?.name, "data");
    },
  },
  {
    name: "a provider is asked once for a session and those rescoped from it, all at once",
    async run(env) {
      let asked = 0;
      const auth = async () => {
        asked++;
        return passwordOf(env, "demo");
      };
      const session = sessionOf(env, "demo", { auth, scope: project("web") });
      const data = session.rescope(project("data"));
      await Promise.all([session.token(), data.token(), session.rescope("unscoped").token()]);
      assert.equal(asked, 1);
    },
  },
];

export default cases;
