/** Finds out which cases will run and which servers they need, before anything is started. */
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { rootDir } from "./project.mjs";

/**
 * @typedef {import("../case.ts").Runtime} Runtime
 *
 * @typedef {object} Plan
 * @property {ReadonlyMap<Runtime, readonly string[]>} files those with a case that was chosen: a runtime
 *   need not be able to load the others
 * @property {boolean} keystone whether the real Keystone is needed
 * @property {boolean} shortLived whether the one with short-lived tokens is
 */

const unitFolder = join(rootDir, "test/unit") + sep;

/**
 * Cases that import the source instead of the built package need no server either. @param {string}
 * file
 */
export const isUnit = (file) => file.startsWith(unitFolder);

let plans = 0;

/**
 * @param {readonly string[]} files
 * @param {readonly Runtime[]} runtimes
 * @param {string} grep
 * @returns {Promise<Plan>}
 */
export async function plan(files, runtimes, grep) {
  const url = pathToFileURL(await bundle("plan", files));
  plans += 1;
  url.search = String(plans); // a module is loaded once for each address
  /** @type {typeof import("./entries/plan.ts")} */
  const { groups, choose } = await import(url.href);
  const chosen = runtimes.map((runtime) => groups.map((group) => choose([group], runtime, grep)));
  // The groups come in the order of the files.
  const used = chosen.map((ofFile) => files.filter((_, index) => ofFile[index].length > 0));
  return {
    files: new Map(runtimes.map((runtime, index) => [runtime, used[index]])),
    keystone: used.flat().some((file) => !isUnit(file)),
    shortLived: chosen.flat(2).some((planned) => planned.case.lane === "troubled"),
  };
}
