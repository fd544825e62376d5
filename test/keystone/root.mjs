/**
 * Puts Keystone and Placement of a newer Debian beside this machine's own: their packages with all
 * dependencies, Python and libc included, are unpacked into a directory. No maintainer script runs,
 * nothing is installed, and no root rights are needed.
 */
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { download } from "./archive.mjs";
import { launchers, writeLaunchers } from "./launchers.mjs";
import { step } from "./progress.mjs";

const run = promisify(execFile);

const ROOTS = fileURLToPath(new URL("../../.cache/roots/", import.meta.url));

const PACKAGES = ["python3-keystone", "python3-placement", "python3-pymysql", "python3-gunicorn"];

/** Files that no server reads: two thirds of everything. */
const UNREAD = [
  "./var",
  "./dev",
  "./usr/share/doc",
  "./usr/share/man",
  "./usr/share/info",
  "./usr/share/locale",
  "./usr/share/i18n",
  "./usr/share/perl",
  "./usr/share/perl5",
  "./usr/lib/*/perl*",
  "./usr/lib/*/gconv",
  "*/tests/*",
  "*/test/*",
].map((pattern) => `--exclude=${pattern}`);

/**
 * Unpacks the package $1 into the directory $2; what follows is for tar. Existing links are replaced
 * and never followed: they may lead out of the directory.
 */
const UNPACK = `
package=$1 directory=$2
shift 2
dpkg-deb --fsys-tarfile "$package" |
  tar -x -C "$directory" --no-same-owner "$@"
`;

/**
 * @typedef {object} Root
 * @property {string} dir
 * @property {readonly string[]} packages what it is made of: "name version" each
 */

/** @type {Map<string, Promise<Root>>} */
const known = new Map();

/**
 * The root of a release; if several ask at once, one makes it.
 *
 * @param {import("./releases.mjs").Release & { suite: string }} release
 * @param {import("./progress.mjs").Progress} [onProgress]
 * @returns {Promise<Root>}
 */
export function rootOf(release, onProgress) {
  const root = known.get(release.name) ?? find(release, onProgress);
  known.set(release.name, root);
  return root;
}

/**
 * @param {import("./releases.mjs").Release & { suite: string }} release
 * @param {import("./progress.mjs").Progress} [onProgress]
 * @returns {Promise<Root>}
 */
async function find(release, onProgress) {
  const dir = await place(release);
  if (!existsSync(dir)) {
    await step(onProgress, `Fetching Keystone ${release.keystone} of Debian ${release.suite}`, () =>
      make(release.suite, dir),
    );
  }
  return { dir, packages: lines(await readFile(join(dir, "packages"), "utf8")) };
}

/**
 * Pins a release to the packages that its suite has today.
 *
 * @param {import("./releases.mjs").Release} release
 * @param {import("./progress.mjs").Progress} [onProgress]
 */
export async function renewPin(release, onProgress) {
  const { name, suite, pin } = release;
  if (suite === undefined || pin === undefined) throw new Error(`${name} is pinned to nothing`);
  await rm(await place(release), { recursive: true, force: true });
  const { dir, packages } = await rootOf({ ...release, suite }, onProgress);
  await writeFile(pin, `${packages.join("\n")}\n`);
  await rename(dir, await place(release));
}

/**
 * Where the root of a release is or will be. A pin that was renewed asks for another one.
 *
 * @param {import("./releases.mjs").Release} release
 */
async function place({ suite = "", pin }) {
  if (pin === undefined) return join(ROOTS, suite);
  const key = createHash("sha256")
    .update(await readFile(pin))
    .digest("hex")
    .slice(0, 8);
  return join(ROOTS, `${suite}-${key}`);
}

/**
 * It appears complete or not at all.
 *
 * @param {string} suite
 * @param {string} dir
 */
async function make(suite, dir) {
  const partial = `${dir}.partial-${randomUUID()}`;
  const apt = await mkdtemp(join(tmpdir(), "keystone-apt-"));
  try {
    const files = await download(suite, PACKAGES, apt);
    await mkdir(partial, { recursive: true });
    await unpack(files, partial);
    await writeLaunchers(partial);
    const check = "import keystone.server.wsgi, placement.wsgi, pymysql, gunicorn";
    await run(launchers(partial).python, ["-c", check]);
    await writeFile(join(partial, "packages"), `${files.map(nameAndVersion).join("\n")}\n`);
    for (const name of await readdir(ROOTS)) {
      const older = name.startsWith(`${suite}-`) && !name.includes(".partial-");
      if (older) await rm(join(ROOTS, name), { recursive: true, force: true });
    }
    await rename(partial, dir);
  } catch (error) {
    // Another process may have made the same in the meantime, which is just as good.
    if (!existsSync(dir)) throw error;
  } finally {
    for (const done of [apt, partial]) await rm(done, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} files
 * @param {string} dir
 */
async function unpack(files, dir) {
  const queue = [...files];
  const work = async () => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      await run("bash", ["-o", "pipefail", "-c", UNPACK, "bash", file, dir, ...UNREAD]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/**
 * "python3-keystone 2:27.0.0-3" of "python3-keystone_2%3a27.0.0-3_all.deb".
 *
 * @param {string} file
 */
function nameAndVersion(file) {
  const [name = "", version = ""] = basename(file).split("_");
  return `${name} ${decodeURIComponent(version)}`;
}

/** @param {string} text */
export const lines = (text) => text.split("\n").filter((line) => line !== "");
