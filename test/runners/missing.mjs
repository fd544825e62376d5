/** Installs what engines lack, if that is possible. */
import { ensurePackages } from "../keystone/install.mjs";

/** @typedef {import("./engines.mjs").Engine} Engine */

/**
 * @param {readonly Engine[]} engines
 * @param {(line: string) => void} say
 * @returns {Promise<Map<Engine, string>>} those that can't run, and why
 */
export async function installMissing(engines, say) {
  const lacking = engines.flatMap((engine) => {
    const lack = engine.missing();
    return lack ? [{ engine, ...lack }] : [];
  });
  // All packages in one step, so that the lists are read once.
  const packages = [...new Set(lacking.flatMap((lack) => lack.packages ?? []))];
  const installed = packages.length > 0 ? ensurePackages(packages, say) : undefined;
  /** @type {Map<Engine, string>} */
  const obstacles = new Map();
  await Promise.all(
    lacking.map(async ({ engine, what, packages, install }) => {
      let why = "";
      try {
        if (packages) await installed;
        await install?.();
      } catch (error) {
        why = `, and could not be installed: ${error}`;
      }
      if (why || engine.missing()) obstacles.set(engine, `${what} is missing${why}`);
    }),
  );
  return obstacles;
}
