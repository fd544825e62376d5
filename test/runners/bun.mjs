/** Bun. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { rootDir } from "./project.mjs";
import { runProgram } from "./records.mjs";

// It has this name on every system.
const bun = join(rootDir, "node_modules/bun/bin/bun.exe");

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "bun",
  runtime: "bun",
  missing: () => (existsSync(bun) ? undefined : { what: "the npm package bun (npm ci)" }),
  version: () => spawnSync(bun, ["--version"], { encoding: "utf8" }).stdout.trim(),
  async run(env, { files, grep, timeout, say }) {
    const file = await bundle("process", files);
    const job = JSON.stringify({ env, grep, timeout });
    return runProgram("bun", bun, ["--expose-gc", "run", file, job], {
      timeout,
      cwd: rootDir,
      say,
    });
  },
};
