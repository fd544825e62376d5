/** Node: the one that runs the harness, in a process of its own. */
import { bundle } from "./bundle.mjs";
import { rootDir } from "./project.mjs";
import { runProgram } from "./records.mjs";

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "node",
  runtime: "node",
  missing: () => undefined,
  version: () => process.versions.node,
  run: (env, options) => runNode(process.execPath, env, options),
};

/**
 * @param {string} program
 * @param {import("../case.ts").Env} env
 * @param {import("./engines.mjs").RunOptions} options
 * @param {NodeJS.ProcessEnv} [variables]
 */
export async function runNode(program, env, { files, grep, timeout, say }, variables) {
  const file = await bundle("process", files);
  const job = JSON.stringify({ env, grep, timeout });
  return runProgram("node", program, ["--enable-source-maps", file, job], {
    timeout,
    cwd: rootDir,
    ...(variables && { env: variables }),
    say,
  });
}
