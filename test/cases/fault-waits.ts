/** How long a busy server makes callers wait: in each form of Retry-After, measured and reported. */
import { assert } from "chai";
import { RateLimitError } from "keystone-fetch";
import { type Case, type Env, pages } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";
import { calls, patient, times } from "./retry.ts";

/** What a busy server says about the wait, how long it is, and what an error says about it. */
const waits: Record<string, [least: number, most: number, told?: number, exact?: number]> = {
  seconds: [990, 2500, 1, 0],
  // Dates have no fractions.
  date: [900, 3500, 1.5, 0.6],
  zero: [0, 250, 0, 0],
  past: [0, 250, 0, 0],
  // The SDK's own first wait.
  none: [290, 1500],
  odd: [290, 1500],
};

/** A fetch that measures the pause between the first answer and the next request. */
function watchedFetch() {
  let [answered, pause] = [0, Number.NaN];
  const watched: typeof fetch = async (input, init) => {
    if (answered > 0 && Number.isNaN(pause)) pause = performance.now() - answered;
    const response = await fetch(input, init);
    if (!response.ok && answered === 0) answered = performance.now();
    return response;
  };
  return { fetch: watched, pause: () => pause };
}

/** Checks that a call is retried once, after a pause of that many milliseconds. */
async function assertPause(
  env: Env,
  fault: string,
  call: (...given: Parameters<typeof patient>) => unknown,
  least: number,
  most: number,
): Promise<void> {
  const pauses: number[] = [];
  // A busy machine may be late, but not every time.
  while (pauses.length < 3 && !(Math.min(...pauses) <= most)) {
    const server = faulty(env, fault);
    const { fetch, pause } = watchedFetch();
    await call(server, { fetch });
    pauses.push(pause());
    assert.equal(await times(server), 2, fault);
  }
  assert.isAtLeast(Math.min(...pauses), least, fault);
  assert.isAtMost(Math.min(...pauses), most, fault);
}

const cases: readonly Case[] = [
  ...[429, 503].flatMap((status) =>
    Object.entries(waits).map(([how, [least, most]]) => ({
      name: `a ${status} that tells its wait as "${how}" is tried again after just that`,
      async run(env: Env) {
        const all = Object.entries(calls).map(async ([where, call]) => {
          const fault = `${status}-${how}-once${where}`;
          await assertPause(env, fault, call, least, most);
        });
        await Promise.all(all);
      },
    })),
  ),
  {
    name: "a page that can't read how long to wait waits as if nothing were said",
    only: pages,
    async run(env) {
      await assertPause(env, "429-once", (...given) => patient(...given).token(), 290, 950);
    },
  },
  ...Object.entries(waits).map(([how, [, , told, exact = 0]]) => ({
    name: `the wait "${how}" in a RateLimitError`,
    async run(env: Env) {
      const error = await failure(sessionAt(faulty(env, `429-${how}`)).token(), RateLimitError);
      const { retryAfter } = error;
      if (told === undefined) assert.isUndefined(retryAfter);
      else assert.closeTo(retryAfter ?? Number.NaN, told, exact);
    },
  })),
  {
    name: "a wait of an hour that a server asks for fails at once, and tells how long it would be",
    async run(env) {
      for (const fault of ["429-hour", "503-hour"]) {
        const server = faulty(env, fault);
        const error = (await outcome(patient(server).authenticate())) as RateLimitError;
        assert.equal(error.code, fault === "429-hour" ? "RateLimit" : "Server");
        assert.equal(error.retryAfter, 3600);
        assert.equal(await times(server), 1);
      }
    },
  },
];

export default cases;
