/** Formatter, linter and compiler in check mode. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("../runners/gates.mjs").Gate} */
export default function style() {
  return [
    run("formatted and linted", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
    run("the source compiles", "@typescript/native/bin/tsc", ["-p", "."]),
    run("the tests compile", "@typescript/native/bin/tsc", ["-p", "test"]),
    outcome("the examples compile", "npm", ["run", "--silent", "check-examples"]),
  ];
}

/** @param {string} name @param {string} bin @param {string[]} args */
function run(name, bin, args) {
  return outcome(name, process.execPath, [`node_modules/${bin}`, ...args]);
}

/** @param {string} name @param {string} command @param {string[]} args */
function outcome(name, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  return { name, ok: status === 0, error: `${stdout}${stderr}`.slice(-4000) };
}
