/** Logins with what the caller brings: a provider, a custom method, passcodes, receipts. */
import { assert } from "chai";
import { type AuthMethod, OptionsError, type SessionOptions } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import {
  passwordOf,
  project,
  sessionAt,
  sessionOf,
  sleep,
  somebody,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const user = { name: "demo", domain: { id: "default" } };

/** A custom method that counts its calls. */
function counting(): AuthMethod & { asked: () => number } {
  let asked = 0;
  return {
    name: "password",
    payload: async () => {
      asked++;
      await Promise.resolve();
      return { user: { ...user, password: secret } };
    },
    asked: () => asked,
  };
}

/** What never settles the first time, as a prompt that was closed. */
function onlyOnce<T>(work: () => T): () => T | Promise<never> {
  let asked = 0;
  return () => (asked++ === 0 ? new Promise<never>(() => {}) : work());
}

const hanging: Record<string, () => NonNullable<SessionOptions["auth"]>> = {
  "a provider": () => onlyOnce(() => somebody),
  "a payload": () => ({ name: "password", payload: onlyOnce(() => somebody.payload()) }),
};

const cases: readonly Case[] = [
  {
    name: "a provider is called once per login, and not before one is needed",
    async run(env) {
      let asked = 0;
      const auth = async () => {
        asked++;
        return [passwordOf(env, "demo")];
      };
      const session = sessionOf(env, "demo", { auth, scope: project("web") });
      assert.equal(asked, 0);
      const tokens = await Promise.all([session.token(), session.token(), session.projects()]);
      assert.strictEqual(tokens[0], tokens[1]);
      assert.equal(asked, 1);
      await session.rescope(project("data")).token();
      assert.equal(asked, 1);
      await session.authenticate();
      assert.equal(asked, 2);
    },
  },
  {
    name: "what a provider throws passes as it is, and the next call asks it again",
    async run(env) {
      const closed = new RangeError("the prompt was closed");
      let isOpen = false;
      const auth = () => {
        if (!isOpen) throw closed;
        return somebody;
      };
      const session = sessionAt(faulty(env, "ok"), { auth });
      assert.strictEqual(await outcome(session.token()), closed);
      assert.strictEqual(await outcome(session.rescope("unscoped").token()), closed);
      isOpen = true;
      assert.equal((await session.token()).user.name, "demo");
    },
  },
  {
    name: "what a provider returns that is not a method is an OptionsError",
    async run(env) {
      const server = faulty(env, "ok");
      for (const given of ["s3cret-w0rd", {}, [7], { name: "password" }]) {
        const session = sessionAt(server, { auth: (() => given) as never });
        const error = await failure(session.token(), OptionsError);
        assert.match(error.message, /^auth: expected /);
        assertHides(error, secret);
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "a custom method is called exactly once per login: cold, renewed, retried, rescoped",
    async run(env) {
      for (const fault of ["ok", "503-once", "reset-once", "redirect-307", "html404"]) {
        const auth = counting();
        const session = sessionAt(faulty(env, fault), { auth, retry: 1 });
        await session.token().catch(() => undefined);
        assert.equal(auth.asked(), 1, fault);
        await session.authenticate().catch(() => undefined);
        assert.equal(auth.asked(), 2, fault);
      }
      const auth = counting();
      const session = sessionAt(faulty(env, "ok"), { auth, scope: project("demo") });
      await session.rescope({ project: { id: "p" } }).token();
      assert.equal(auth.asked(), 1);
    },
  },
  {
    name: "what a payload throws passes as it is, and nothing is sent",
    async run(env) {
      const server = faulty(env, "ok");
      const sealed = new RangeError("the vault is sealed");
      const auth = { name: "password", payload: () => Promise.reject(sealed) };
      assert.strictEqual(await outcome(sessionAt(server, { auth }).token()), sealed);
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "a provider that returns no method is an OptionsError, and nothing is sent",
    async run(env) {
      const server = faulty(env, "ok");
      for (const given of [[], undefined, null]) {
        const session = sessionAt(server, { auth: (() => given) as never });
        const error = await failure(session.token(), OptionsError);
        assert.match(error.message, /^auth: expected /);
      }
      assert.isEmpty(await server.log());
    },
  },
  ...Object.entries(hanging).map(([what, make]) => ({
    name: `${what} that never answers, once its caller has given up, holds up nobody`,
    async run(env: Env) {
      for (const ask of ["token", "authenticate"] as const) {
        const session = sessionAt(faulty(env, "ok"), { auth: make() });
        const controller = new AbortController();
        const { signal } = controller;
        const first =
          ask === "token" ? session.token({ signal }) : session.authenticate(undefined, { signal });
        const given = outcome(first);
        await sleep(10);
        controller.abort("closed");
        assert.equal(await given, "closed");
        assert.equal((await session.token()).user.name, "demo");
      }
    },
  })),
];

export default cases;
