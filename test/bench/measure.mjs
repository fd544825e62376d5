/** Measures subjects in rounds in which each takes its turn: what disturbs disturbs all alike. */
import { createSubjects } from "./subjects.mjs";

/**
 * @typedef {Record<string, number[]>} Samples milliseconds for once, by name and round
 * @typedef {{ rounds: number, turn: number, warmUp: number }} Pace how many rounds; the milliseconds of a turn, about, and before
 * @typedef {object} Job
 * @property {string} server
 * @property {readonly (readonly string[])[]} groups the subjects that are compared with each other
 * @property {Pace} pace
 */

/** @param {Job} job @param {() => number} [clock] milliseconds */
export async function measure({ server, groups, pace }, clock = () => performance.now()) {
  const time = createTurns(server, clock);
  /** @type {Samples} */
  const samples = {};
  for (const names of groups) Object.assign(samples, await inRounds(time, names, pace));
  return samples;
}

/** @param {string} server @param {() => number} clock */
export function createTurns(server, clock) {
  const make = createSubjects(server);
  /** @type {Map<string, () => unknown>} */
  const made = new Map();
  return async (/** @type {string} */ name, /** @type {number} */ times) => {
    const subject = made.get(name) ?? (await make(name));
    made.set(name, subject);
    // What a WeakRef holds is only let go of when promises alone no longer lead on.
    await new Promise((resolve) => setTimeout(resolve));
    const began = clock();
    for (let i = 0; i < times; i++) {
      const result = subject();
      if (result instanceof Promise) await result;
    }
    return clock() - began;
  };
}

/** @param {(name: string, times: number) => Promise<number>} time @param {readonly string[]} names @param {Pace} pace */
export async function inRounds(time, names, { rounds, turn, warmUp }) {
  /** @type {Samples} */
  const samples = {};
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of names) {
    samples[name] = [];
    const cold = await countFor(time, name, turn);
    // An engine compiles for seconds what it runs often.
    for (let spent = 0; spent < warmUp; ) spent += await time(name, cold);
    counts[name] = await countFor(time, name, turn, cold);
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push((await time(name, counts[name])) / counts[name]);
    }
  }
  return samples;
}

/** How often fits into a turn. @param {(name: string, times: number) => Promise<number>} time @param {string} name @param {number} turn @param {number} count a guess */
async function countFor(time, name, turn, count = 1) {
  const fits = Math.max(1, Math.round((count * turn) / (await time(name, count))));
  if (fits < 2 * count) return fits;
  return countFor(time, name, turn, Math.min(fits, 10 * count));
}

/** @param {readonly number[]} values */
export const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** The median of what the rounds say, each for itself. @param {Samples} samples @param {string} of @param {string} beside */
export const ratio = (samples, of, beside) =>
  median(samples[of].map((value, round) => value / samples[beside][round]));
