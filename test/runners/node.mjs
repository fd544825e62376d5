/** Node: the one that runs the harness, in a process of its own. */
import { bundle } from "./bundle.mjs";
import { counting } from "./coverage.mjs";
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
export async function runNode(program, env, options, variables = process.env) {
  const { files, grep, timeout, inspect, coverage, say } = options;
  const file = await bundle("process", files);
  const job = JSON.stringify({ env, grep, timeout });
  const args = ["--enable-source-maps", "--expose-gc"];
  if (inspect) args.push("--inspect-wait");
  if (coverage) args.push(...counting.args);
  return runProgram("node", program, [...args, file, job], {
    timeout,
    cwd: rootDir,
    env: coverage ? { ...variables, ...counting.env } : variables,
    say,
    // That is where Node says to which address the debugger has to connect.
    ...(inspect && { sayErrors: say }),
  });
}
