/** Runs a Deno script with only these permissions and variables. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";

export const deno = join(
  rootDir,
  "node_modules/deno",
  process.platform === "win32" ? "deno.exe" : "deno",
);

/**
 * @typedef {{ code: number, stdout: string, stderr: string }} Outcome
 * @typedef {Record<string, string>} Variables
 */

/**
 * @param {string} folder @param {string} file @param {readonly string[]} hosts @param {string} words
 * @param {Variables} variables
 */
export function start(folder, file, hosts, words, variables) {
  const flags = ["--no-prompt", `--allow-net=${hosts.join(",")}`, "--allow-env"];
  const args = ["run", ...flags, file, ...words.split(" ").filter(Boolean)];
  return execute(args, folder, variables);
}

/** Runs things side by side, three at most: more would only wait for each other. */
const lanes = Array.from({ length: 3 }, () => Promise.resolve({}));
let turn = 0;

/**
 * @param {string[]} args @param {string} cwd @param {Variables} variables the whole environment
 * @returns {Promise<Outcome>}
 */
export function execute(args, cwd, variables) {
  const own = { DENO_DIR: join(rootDir, ".cache/deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  const options = { cwd, timeout: 60_000, env: { ...own, ...variables } };
  const lane = turn++ % lanes.length;
  const outcome = lanes[lane].then(() => run(args, options));
  lanes[lane] = outcome;
  return outcome;
}

/**
 * @param {string[]} args @param {import("node:child_process").ExecFileOptions} options
 * @returns {Promise<Outcome>}
 */
function run(args, options) {
  return new Promise((resolve) => {
    execFile(deno, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}
