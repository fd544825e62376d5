/** No unused file, export or dependency: knip, which starts from the entries in .knip.json. */
import { spawnSync } from "node:child_process";
import { rootDir } from "../runners/project.mjs";

/** @type {import("../runners/gates.mjs").Gate} */
export default function knip() {
  const { status, stdout, stderr } = spawnSync("npx", ["--no-install", "knip", "--no-progress"], {
    cwd: rootDir,
    encoding: "utf8",
  });
  return [{ name: "nothing is unused", ok: status === 0, error: `${stdout}${stderr}` }];
}
