/** The order in which cases run: side by side, except for those that would disturb each other. */

/** How many run at once. They mostly wait. */
const width = 8;

/** How many of them a busy machine may make fail. If there are more, something is broken. */
const few = 5;

/**
 * Those that have to run alone come first, one after another; then all others side by side, with those
 * of a lane one after another. At the end, a few that failed are tried again, each alone: whoever
 * reads the report then knows a fault from a moment in which the machine was too slow.
 * @template T
 * @param {readonly T[]} cases
 * @param {(one: T) => import("../case.ts").Lane | undefined} laneOf
 * @param {(one: T, place: number) => Promise<{ ok: boolean }>} start no two run at once in one place
 */
export async function inLanes(cases, laneOf, start) {
  /** @type {T[]} */
  const failed = [];
  /** @param {T} one @param {number} place */
  const run = async (one, place) => {
    const { ok } = await start(one, place);
    if (!ok) failed.push(one);
  };

  for (const one of cases) if (laneOf(one) === "alone") await run(one, 0);

  /** Things that don't overlap themselves: a lane, or a single case. @type {Map<unknown, T[]>} */
  const lanes = new Map();
  for (const one of cases) {
    const lane = laneOf(one) ?? one;
    if (lane !== "alone") lanes.set(lane, [...(lanes.get(lane) ?? []), one]);
  }
  // Named lanes first: they take longest.
  const queue = [...lanes.values()].sort((a, b) => b.length - a.length);
  /** @param {number} place */
  const work = async (place) => {
    for (let lane = queue.shift(); lane; lane = queue.shift()) {
      for (const one of lane) await run(one, place);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, place) => work(place)));

  if (failed.length <= few) for (const one of failed) await start(one, 0);
}
