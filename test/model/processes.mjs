/** Runs the bundled model in its own process, and reads its output. */

import { rootDir } from "../runners/project.mjs";
import { runProgram } from "../runners/records.mjs";

/**
 * @param {string} file a bundle of run.ts
 * @param {{ runs: number, seed: number, path?: string, shrink?: boolean }} job
 * @param {(line: string) => void} say
 */
export function playPrograms(file, job, say) {
  // Without source maps, whose stacks would cost more than the programs.
  const args = [file, JSON.stringify(job)];
  // A process that takes this long between two signs of life hangs.
  return runProgram("model", process.execPath, args, { timeout: 300_000, cwd: rootDir, say });
}

/** A seed for the programs: the given one, or a new one for each run. */
export const seedOf = (/** @type {string | undefined} */ asked) =>
  asked ? Number(asked) : Date.now() % 2 ** 31;
