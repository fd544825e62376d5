/** Runs a Deno script with the least that it needs: no permission but these, no variable but these. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";

const deno = join(rootDir, "node_modules/deno", process.platform === "win32" ? "deno.exe" : "deno");

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

/**
 * @param {string[]} args @param {string} cwd @param {Variables} variables the whole environment
 * @returns {Promise<Outcome>}
 */
export function execute(args, cwd, variables) {
  const own = { DENO_DIR: join(rootDir, ".cache/deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  return new Promise((resolve) => {
    const options = { cwd, timeout: 20_000, env: { ...own, ...variables } };
    execFile(deno, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}
