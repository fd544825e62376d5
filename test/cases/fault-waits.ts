/** How long a busy server lets one wait: in each form of Retry-After, measured and told. */
import { assert } from "chai";
import { RateLimitError } from "keystone-fetch";
import { type Case, type Env, pages } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";
import { calls, patient, times } from "./retry.ts";

/** What a busy server tells of the wait, how long it is then, and what an error says of it. */
const waits: Record<string, [least: number, most: number, told?: number, exact?: number]> = {
  seconds: [990, 2500, 1, 0],
  // Dates have no fractions.
  date: [900, 3500, 1.5, 0.6],
  zero: [0, 250, 0, 0],
  past: [0, 250, 0, 0],
  // Our own first wait.
  none: [290, 1500],
  odd: [290, 1500],
};

/** fetch, and how long it was idle between the first answer and the next request. */
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

/** That a call is tried again once, after a pause of as many milliseconds. */
async function assertPause(
  env: Env,
  fault: string,
  call: (...given: Parameters<typeof patient>) => unknown,
  least: number,
  most: number,
): Promise<void> {
  const pauses: number[] = [];
  // A busy machine may be late, but not each time.
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
    name: "a page that can't read how long to wait waits as it would without",
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
    name: "who would have to wait for an hour is not let wait longer than half a minute",
    lane: "alone",
    async run(env) {
      const { setTimeout: set } = globalThis;
      const waited: number[] = [];
      const controller = new AbortController();
      globalThis.setTimeout = ((run: () => void, ms = 0) => {
        waited.push(ms);
        return set(run, ms);
      }) as typeof setTimeout;
      try {
        const { signal } = controller;
        const ended = outcome(patient(faulty(env, "429-hour")).authenticate(undefined, { signal }));
        await sleep(400);
        controller.abort(new Error("enough"));
        await ended;
      } finally {
        globalThis.setTimeout = set;
      }
      assert.equal(Math.max(...waited), 30_000);
    },
  },
];

export default cases;
