/** Runs the bundled model in a process of its own, and reads what it tells. */

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
  // What takes this long between two signs of life hangs.
  return runProgram("model", process.execPath, args, { timeout: 300_000, cwd: rootDir, say });
}

/** A seed for the programs: the one that is asked for, or a new one with each run. */
export const seedOf = (/** @type {string | undefined} */ asked) =>
  asked ? Number(asked) : Date.now() % 2 ** 31;
