/** A check of a gate: it fails with what it throws. */

/** @typedef {import("../runners/gates.mjs").Check} Check */

/**
 * @param {string} name @param {() => unknown} work
 * @returns {Promise<Check>}
 */
export async function check(name, work) {
  try {
    await work();
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, error: error instanceof Error ? error.stack : String(error) };
  }
}

/**
 * One after the other, for checks that count.
 *
 * @param {Record<string, () => unknown>} works by their names
 */
export async function checks(works) {
  /** @type {Check[]} */
  const done = [];
  for (const [name, work] of Object.entries(works)) done.push(await check(name, work));
  return done;
}
