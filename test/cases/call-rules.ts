/** Options of single calls of a service: the session's rules still hold for what they leave open. */
import { assert } from "chai";
import { ServerError, TransportError, UnauthorizedError } from "keystone-fetch";
import type { BeforeRetryHook } from "ky";
import { type Case, isPage } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";
import { times } from "./retry.ts";

const quick = { retry: { limit: 2, delay: () => 1 } };

/** Answers calls of a service late, and everything else at once. */
const late =
  (ms: number): typeof fetch =>
  async (input, init) => {
    if (String(input).endsWith("/users")) await sleep(ms);
    return fetch(input, init);
  };

const cases: readonly Case[] = [
  {
    name: "a number of retries is what it says, also where no answer comes",
    async run(env) {
      const server = faulty(env, "reset-twice@users");
      const service = await sessionAt(server, quick).service("identity");
      assert.isTrue((await service.get("users", { retry: 2 })).ok);
      assert.equal(await times(server), 3);
    },
  },
  {
    name: "with a number of retries, a wait that is too long still fails at once",
    async run(env) {
      const server = faulty(env, "503-hour@users");
      const service = await sessionAt(server).service("identity");
      const began = performance.now();
      const { retryAfter } = await failure(service.get("users", { retry: 1 }), ServerError);
      assert.equal(retryAfter, 3600);
      assert.isBelow(performance.now() - began, 5000);
      assert.equal(await times(server), 1);
    },
  },
  {
    name: "a call's own timeout may be longer than all of the session's",
    async run(env) {
      const server = faulty(env, "ok");
      const short = { timeout: 1000, retry: { limit: 0, maxRetryAfter: 0 } };
      const service = await sessionAt(server, { ...short, fetch: late(2600) }).service("identity");
      await failure(service.get("users"), TransportError);
      const longer = service.extend({ timeout: 8000 });
      const calls = [
        service.get("users", { timeout: 8000 }),
        service.get("users", { timeout: false }),
        longer.get("users"),
      ];
      for (const { ok } of await Promise.all(calls)) assert.isTrue(ok);
    },
  },
  {
    name: "a caller's own hooks before a retry are called, and may stop it",
    async run(env) {
      const server = faulty(env, "503@users");
      const service = await sessionAt(server, quick).service("identity");
      let called = 0;
      const count = () => {
        called++;
      };
      await failure(service.get("users", { hooks: { beforeRetry: [count] } }), ServerError);
      assert.equal(called, 2);
      assert.equal(await times(server), 3);
      const stop: BeforeRetryHook = () => service.stop;
      await service.get("users", { hooks: { beforeRetry: [stop] } });
      assert.equal(await times(server), 4);
    },
  },
  {
    name: "redirect: manual gives the redirect itself, and error fails with it",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const url = `${server.at("redirect-307@things")}/things`;
      for (const input of [url, new Request(url, { redirect: "manual" })]) {
        const init = typeof input === "string" ? ({ redirect: "manual" } as const) : undefined;
        const { status, type } = await session.fetch(input, init);
        if (isPage(env)) assert.equal(type, "opaqueredirect");
        else assert.equal(status, 307);
      }
      const { reason } = await failure(session.fetch(url, { redirect: "error" }), TransportError);
      assert.equal(reason, "redirect");
    },
  },
  {
    name: "a session that can get no other token gives its caller the 401 as it came",
    async run(env) {
      const server = faulty(env, "ok");
      const token = await sessionAt(server).token();
      const session = sessionAt(server, { auth: undefined, token });
      const url = `${server.at("service-401")}/things`;
      const response = await session.fetch(url);
      assert.equal(response.status, 401);
      assert.include(await response.text(), "error");
      assert.equal(session.state.status, "expired");
      await failure(session.fetch(url), UnauthorizedError);
    },
  },
];

export default cases;
