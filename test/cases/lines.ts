/** A connection that fails, an answer that hangs, a caller who aborts. */
import { assert } from "chai";
import { createSession, discover, TransportError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt, sleep, somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** What can be aborted, at a server that hangs: at the login, as `fault` says, or elsewhere. */
const waits: Record<
  string,
  (server: Faulty, fault: string, signal: AbortSignal) => Promise<unknown>
> = {
  "authenticate()": ({ url }, _, signal) =>
    createSession({ authUrl: `${url}/v3`, auth: somebody }).authenticate(undefined, { signal }),
  "token()": (server, _, signal) => sessionAt(server).token({ signal }),
  "fetch()": (server, fault, signal) =>
    sessionAt(good(server)).fetch(`${server.at(`${fault}@users`)}/v3/users`, { signal }),
  "a request to a service": async (server, fault, signal) => {
    const service = await sessionAt(good(server)).service("service-ok");
    const url = `${server.at(`${fault}@users`)}/v3/users`;
    return service.extend({ prefix: "" }).get(url, { signal }).json();
  },
  "revoke()": async (server, fault, signal) => {
    // This server works at first.
    const hanging = `${server.at(`${fault}@all`)}/v3/auth/tokens`;
    const session = sessionAt(good(server), {
      fetch: (input, init) => {
        const request = new Request(input, init);
        return request.method === "DELETE"
          ? fetch(hanging, { signal: request.signal })
          : fetch(request);
      },
    });
    await session.token();
    return session.revoke({ signal });
  },
  "discover()": (server, fault, signal) => discover(server.at(`${fault}@all`), { signal }),
};

/** Some have a name by which ky knows its own: the second is what `AbortSignal.timeout()` gives. */
export const reasons = (): readonly unknown[] => [
  { because: "the caller said so" },
  new DOMException("too slow", "TimeoutError"),
  Object.assign(new Error("the caller's"), { name: "HTTPError" }),
];

const good = (server: Faulty): Faulty => ({ ...server, url: server.at("ok") });

const cases: readonly Case[] = [
  {
    name: "nothing listens: a TransportError, and the session as it was",
    async run({ closed }) {
      for (const authUrl of [`${closed}/v3`, closed]) {
        const session = createSession({ authUrl, auth: somebody, retry: 0 });
        const { state } = session;
        const error = await failure(session.authenticate(), TransportError);
        assert.include(error.message, closed);
        assertHides(error, secret);
        assert.strictEqual(session.state, state);
      }
    },
  },
  ...["slow-headers", "slow-body"].map((fault) => ({
    name: `${fault}: a TransportError once the time is over`,
    async run(env: Env) {
      const session = sessionAt(faulty(env, fault), { timeout: 300 });
      const error = await failure(session.authenticate(), TransportError);
      assert.include(error.message, "timed out");
      assertHides(error, secret);
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  })),
  ...["slow-headers", "slow-body"].flatMap((fault) =>
    Object.entries(waits).map(([what, wait]) => ({
      name: `${what} at ${fault} ends with the caller's own abort reason`,
      async run(env: Env) {
        // With fetch() only the headers are awaited, and nobody reads the body of a 204.
        if (fault === "slow-body" && /fetch|revoke/.test(what)) return;
        const all = reasons().map(async (reason) => {
          const controller = new AbortController();
          const ended = outcome(wait(faulty(env, fault), fault, controller.signal));
          await sleep(200);
          controller.abort(reason);
          assert.strictEqual(await ended, reason);
        });
        await Promise.all(all);
      },
    })),
  ),
  {
    name: "aborting before the start gives the reason, and leaves no rejected promise behind",
    async run(env) {
      const all = reasons().flatMap((reason) => ["ok", "401"].map((fault) => ({ reason, fault })));
      for (const { reason, fault } of all) {
        const signal = AbortSignal.abort(reason);
        const { url } = faulty(env, fault);
        const service = await createSession({ authUrl: `${url}/v3` }).service("identity");
        assert.strictEqual(await outcome(service.get("users", { signal })), reason);
        const session = () => createSession({ authUrl: `${url}/v3`, auth: somebody, retry: 0 });
        assert.strictEqual(await outcome(session().token({ signal })), reason);
        assert.strictEqual(await outcome(session().authenticate(undefined, { signal })), reason);
        assert.strictEqual(await outcome(session().fetch(`${url}/v3`, { signal })), reason);
        assert.strictEqual(await outcome(discover(url, { signal })), reason);
        await sleep(200);
      }
    },
  },
  {
    name: "aborting before the start sends nothing",
    async run(env) {
      const signal = AbortSignal.abort(new Error("too late"));
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      await outcome(session.authenticate(undefined, { signal }));
      await outcome(session.token({ signal }));
      await outcome(discover(server.url, { signal }));
      await sleep(200);
      assert.isEmpty(await server.log());
    },
  },
];

export default cases;
