/** What is retried, and how often; what happens to those who abort in the middle of the wait. */
import { assert } from "chai";
import {
  KeystoneError,
  RateLimitError,
  type SessionOptions,
  TransportError,
  UnauthorizedError,
} from "keystone-fetch";
import { type Case, type Env, runtimes } from "../case.ts";
import { failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";
import { reasons } from "./lines.ts";

/** A session with the default number of tries. */
export const patient = (server: Faulty, options: Partial<SessionOptions> = {}) =>
  sessionAt(server, { retry: undefined, ...options });

/** A request to a service at a fault server. */
const get = async (server: Faulty, options?: Partial<SessionOptions>, signal?: AbortSignal) =>
  (await patient(server, options).service("identity")).get("users", { signal: signal ?? null });

/** What is retried, by the path at which its server is faulty. */
export const calls: Record<
  string,
  (server: Faulty, options?: Partial<SessionOptions>, signal?: AbortSignal) => Promise<unknown>
> = {
  "": (server, options, signal) => patient(server, options).token({ signal }),
  "@users": get,
};

/** How many milliseconds it takes. */
export async function timeOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

/** Whether it is over within 150 ms or, on a machine that is too busy, within as many turns. */
async function isSoon(work: Promise<unknown>): Promise<boolean> {
  let over = false;
  work.then(() => {
    over = true;
  });
  for (let turn = 0; turn < 15 && !over; turn++) await sleep(10);
  return over;
}

/** How often a server got the request at which it is faulty. */
export const times = async (server: Faulty) =>
  (await server.log()).filter(({ path, fault }) =>
    path.endsWith(fault.includes("@users") ? "/users" : "/auth/tokens"),
  ).length;

/** A fetch that fails the first time that it sends a login. */
function refusedOnce({ closed }: Env): typeof fetch {
  let refused = false;
  return (input, init) => {
    const request = new Request(input, init);
    if (refused || request.method !== "POST") return fetch(request);
    refused = true;
    return fetch(closed);
  };
}

/**
 * Vercel's edge runtime has no AbortSignal.any(), without which ky does not notice an abort between
 * two tries.
 */
const hearing = runtimes.filter((runtime) => runtime !== "edge");

const cases: readonly Case[] = [
  {
    name: "a storm ends after two more tries, and the next call starts afresh",
    async run(env) {
      const server = faulty(env, "503-none");
      const session = patient(server);
      for (const sent of [3, 6]) {
        const ms = await timeOf(failure(session.token(), KeystoneError));
        assert.isAtLeast(ms, 850);
        assert.equal(await times(server), sent);
      }
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  },
  ...["reset-once", "slow-headers-once", "refused"].map((fault) => ({
    name: `a login is tried again after ${fault}`,
    async run(env: Env) {
      const refused = fault === "refused";
      const server = faulty(env, refused ? "ok" : fault);
      const fetch = refused ? refusedOnce(env) : undefined;
      const timeout = fault.startsWith("slow") ? 3000 : 10_000;
      const session = patient(server, { timeout, fetch });
      assert.equal((await session.token()).user.name, "demo");
      assert.equal(await times(server), refused ? 1 : 2);
    },
  })),
  {
    name: "a login that was refused for good reason is not retried",
    async run(env) {
      for (const fault of ["401-once", "403-once", "400-once", "404-once"]) {
        const server = faulty(env, fault);
        assert.instanceOf(await outcome(patient(server).token()), KeystoneError);
        assert.equal(await times(server), 1, fault);
      }
    },
  },
  {
    name: "what a service may have done already is not tried again, whatever went wrong",
    async run(env) {
      const faults = ["503-seconds", "429-seconds", "500", "reset-body", "slow-headers"];
      const sent = faults.flatMap((fault) =>
        ["post", "patch"].map(async (method) => {
          const server = faulty(env, `${fault}@users`);
          const service = await patient(server, { timeout: 1000 }).service("identity");
          const answer = service(`users`, { method, body: "{}" }).text();
          assert.instanceOf(await outcome(answer), KeystoneError);
          assert.equal(await times(server), 1, `${method} ${fault}`);
        }),
      );
      await Promise.all(sent);
    },
  },
  {
    name: "retry: 0 is none, and any other number is that many",
    async run(env) {
      const all = Object.entries(calls).flatMap(([where, call]) =>
        [0, 1].map(async (retry) => {
          const server = faulty(env, `503-zero${where}`);
          await failure(call(server, { retry }), KeystoneError);
          assert.equal(await times(server), retry + 1, where);
        }),
      );
      await Promise.all(all);
      const reset = faulty(env, "slow-headers");
      await failure(patient(reset, { retry: 0, timeout: 2000 }).token(), TransportError);
      assert.equal(await times(reset), 1);
    },
  },
  {
    name: "a caller who aborts in the middle of the wait gets the reason at once, and nothing is sent",
    only: hearing,
    async run(env) {
      const all = ["429-while", "503-while"].flatMap((fault) =>
        Object.entries(calls).flatMap(([where, call]) =>
          reasons().map(async (reason) => {
            const server = faulty(env, `${fault}${where}`);
            const controller = new AbortController();
            const ended = outcome(call(server, {}, controller.signal));
            while ((await times(server)) === 0) await sleep(50);
            await sleep(300);
            controller.abort(reason);
            assert.isTrue(await isSoon(ended), where);
            assert.strictEqual(await ended, reason);
            await sleep(200);
            assert.equal(await times(server), 1, where);
          }),
        ),
      );
      await Promise.all(all);
    },
  },
  {
    name: "a login that was aborted in the middle of the wait is not sent later",
    async run(env) {
      const server = faulty(env, "429-seconds");
      const session = patient(server);
      const controller = new AbortController();
      const { signal } = controller;
      const ended = outcome(session.authenticate(undefined, { signal }));
      await sleep(400);
      controller.abort(new Error("no time"));
      await ended;
      await sleep(1200);
      assert.equal(await times(server), 1);
    },
  },
  {
    name: "a login that everybody aborted does not hold up the next one",
    only: hearing,
    async run(env) {
      const session = patient(faulty(env, "429-while-once"));
      const ended = outcome(session.token({ signal: AbortSignal.timeout(300) }));
      await ended;
      const next = session.authenticate().then(() => "done");
      assert.equal(await Promise.race([next, sleep(8000)]), "done");
    },
  },
  {
    name: "a call that waits for a login is not timed out by that wait: it was not sent yet",
    async run(env) {
      const server = faulty(env, "503-none-once");
      const endpointOverrides = { compute: server.at("service-ok") };
      const retry = { limit: 1, delay: () => 4000 };
      const compute = await patient(server, { timeout: 3500, retry, endpointOverrides }).service(
        "compute",
      );
      const answer = await compute.post("things", { body: secret }).json<{ body: string }>();
      assert.equal(answer.body, secret);
    },
  },
  {
    name: "one failed login counts for all who waited, and is not retried by each",
    async run(env) {
      const server = faulty(env, "401");
      const endpointOverrides = { compute: server.at("service-ok") };
      const compute = await patient(server, { endpointOverrides }).service("compute");
      const all = Array.from({ length: 20 }, () =>
        failure(compute.get("things").json(), UnauthorizedError),
      );
      await Promise.all(all);
      assert.equal(await times(server), 1);
    },
  },
  ...["RateLimit-Reset", "X-RateLimit-Retry-After", "X-RateLimit-Reset", "X-Rate-Limit-Reset"].map(
    (header) => ({
      name: `a long wait that ${header} asks for ends the call at once, with how long it would be`,
      async run(env: Env) {
        let calls = 0;
        const server = faulty(env, "ok");
        const limiting: typeof fetch = async (input, init) => {
          if (!String(input).endsWith("/users")) return fetch(input, init);
          calls++;
          return new Response(null, { status: 429, headers: { [header]: "3600" } });
        };
        const session = patient(server, { fetch: limiting });
        const keystone = await session.service("identity");
        const error = await failure(keystone.get("users"), RateLimitError);
        assert.equal(error.retryAfter, 3600);
        assert.equal(calls, 1);
      },
    }),
  ),
  {
    name: "a rate limit's headers in a reply that failed otherwise are no reason to wait",
    async run(env) {
      let calls = 0;
      const flaky: typeof fetch = async (input, init) => {
        if (!String(input).endsWith("/users")) return fetch(input, init);
        if (++calls > 1) return Response.json({ users: [] });
        return new Response(null, { status: 502, headers: { "X-RateLimit-Reset": "3600" } });
      };
      const keystone = await patient(faulty(env, "ok"), { fetch: flaky }).service("identity");
      assert.equal((await keystone.get("users")).status, 200);
      assert.equal(calls, 2);
    },
  },
];

export default cases;
