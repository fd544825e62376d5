/** The order in which cases run: side by side, but for those that would disturb each other. */

/** How many run at once. They mostly wait. */
const width = 8;

/**
 * Those that want to be alone come first, one after another, then all others at once, of which a
 * lane's are one after another.
 * @template T
 * @param {readonly T[]} cases
 * @param {(one: T) => import("../case.ts").Lane | undefined} laneOf
 * @param {(one: T, place: number) => Promise<unknown>} run no two run at once in one place
 */
export async function inLanes(cases, laneOf, run) {
  for (const one of cases) if (laneOf(one) === "alone") await run(one, 0);

  /** What runs without overlapping itself: a lane, or a case by itself. @type {Map<unknown, T[]>} */
  const lanes = new Map();
  for (const one of cases) {
    const lane = laneOf(one) ?? one;
    if (lane !== "alone") lanes.set(lane, [...(lanes.get(lane) ?? []), one]);
  }
  // The lanes with a name first: they take longest.
  const queue = [...lanes.values()].sort((a, b) => b.length - a.length);
  /** @param {number} place */
  const work = async (place) => {
    for (let lane = queue.shift(); lane; lane = queue.shift()) {
      for (const one of lane) await run(one, place);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, place) => work(place)));
}
