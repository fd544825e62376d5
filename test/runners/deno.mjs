/**
 * Deno, whose only permission is to reach the test servers: a client that needs more than fetch fails
 * here.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { rootDir } from "./project.mjs";
import { runProgram } from "./records.mjs";

// Not the npm package's wrapper: stopping that would not stop the program.
const deno = join(rootDir, "node_modules/deno", process.platform === "win32" ? "deno.exe" : "deno");

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "deno",
  runtime: "deno",
  missing: () => (existsSync(deno) ? undefined : { what: "the npm package deno (npm ci)" }),
  version: () =>
    /deno (\S+)/.exec(spawnSync(deno, ["-V"], { encoding: "utf8" }).stdout)?.[1] ?? "?",
  async run(env, { files, grep, timeout, say }) {
    const file = await bundle("process", files);
    const { keystone, placement, shortLived, control, foreign, closed } = env;
    const { v2, diagnose = {}, federation = {} } = env;
    const servers = [keystone, placement, shortLived, control, foreign, closed];
    servers.push(v2?.identity, v2?.network);
    servers.push(...Object.values(diagnose), ...Object.values(federation));
    const hosts = servers.filter((url) => url).map((url) => new URL(url ?? "").host);
    const flags = [
      "--no-prompt",
      "--no-lock",
      "--no-check",
      "--no-remote",
      "--no-code-cache",
      "--node-modules-dir=manual",
      "--v8-flags=--expose-gc",
    ];
    const args = [
      ...flags,
      `--allow-net=${hosts.join(",")}`,
      file,
      JSON.stringify({ env, grep, timeout }),
    ];
    return runProgram("deno", deno, ["run", ...args], {
      timeout,
      cwd: rootDir,
      env: {
        ...process.env,
        DENO_NO_UPDATE_CHECK: "1",
        DENO_DIR: join(rootDir, ".cache/deno"),
        NO_COLOR: "1",
      },
      say,
    });
  },
};
