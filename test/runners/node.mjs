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
  async run(env, { files, grep, timeout, say }) {
    const file = await bundle("process", files);
    const job = JSON.stringify({ env, grep, timeout });
    return runProgram("node", process.execPath, ["--enable-source-maps", file, job], {
      timeout,
      cwd: rootDir,
      say,
    });
  },
};
