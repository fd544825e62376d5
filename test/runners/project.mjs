/** Where the project is, and whether dist/ was made from the present src/. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the package is built from; the lock file says which ky and valibot. */
const sources = ["src", "package.json", "package-lock.json", "rollup.config.mjs", "tsconfig.json"];

/** Records from which sources dist/ was made. */
const stamp = join(rootDir, ".cache/built");

/**
 * One figure for the content of files and folders: unlike their times, it changes when a file is
 * deleted, and does not change when a branch is left and entered again.
 * @param {readonly string[]} names
 */
function fingerprint(names) {
  const hash = createHash("sha256");
  for (const name of names.flatMap(filesOf)) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(rootDir, name)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} name of a file or a folder @returns {string[]} */
function filesOf(name) {
  const path = join(rootDir, name);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [name];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(rootDir.length + 1))
    .sort();
}

const state = () => `${fingerprint(sources)} ${fingerprint(["dist"])}`;

/**
 * Builds the package unless dist/ was made from these very sources: a suite that quietly tested
 * yesterday's build would be worse than none.
 * @param {(line: string) => void} say
 */
export function ensureBuilt(say) {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state()) return;
  say("building the package …");
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: rootDir,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (status !== 0) throw new Error(`npm run build failed\n${stdout}${stderr}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state());
}
