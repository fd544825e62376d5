import { createHash, randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("./", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/keystone/", import.meta.url));

/** What is kept of a sandbox: the database and, if there is one, Python's list of plugins. */
const KEPT = ["data", "home/.cache"];

/**
 * Where the snapshot is or will be. Its name changes with everything from which its content is made.
 *
 * @param {import("./releases.mjs").Release} release
 * @param {import("./programs.mjs").Programs} programs
 */
export async function snapshotPath(release, programs) {
  const hash = createHash("sha256");
  for (const name of (await readdir(SOURCES)).sort()) {
    if (/\.(mjs|py)$/.test(name)) hash.update(name).update(await readFile(join(SOURCES, name)));
  }
  // Files that root prepared are useless to others.
  hash.update(`${programs.packages.join()} ${process.getuid?.()}`);
  return join(CACHE, `${release.name}-${hash.digest("hex").slice(0, 16)}`);
}

/** @param {string} snapshot */
export async function snapshotExists(snapshot) {
  return stat(snapshot).then(
    () => true,
    () => false,
  );
}

/**
 * Keeps what a sandbox prepared. The snapshot appears complete or not at all.
 *
 * @param {string} snapshot
 * @param {string} dir the sandbox's
 */
export async function keepSnapshot(snapshot, dir) {
  const partial = `${snapshot}.partial-${randomUUID()}`;
  await mkdir(CACHE, { recursive: true });
  try {
    await copyKept(dir, partial);
    await rename(partial, snapshot);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Somebody else may have prepared the same in the meantime, which is just as good.
    if (!(await snapshotExists(snapshot))) throw error;
  }
  await removeOthers(snapshot);
}

/**
 * @param {string} snapshot
 * @param {string} dir the sandbox's
 */
export async function useSnapshot(snapshot, dir) {
  await copyKept(snapshot, dir);
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copyKept(from, to) {
  for (const name of KEPT) {
    if (!existsSync(join(from, name))) continue;
    const how = { recursive: true, mode: constants.COPYFILE_FICLONE };
    await cp(join(from, name), join(to, name), how);
  }
}

/**
 * Removes older snapshots of the same release, and the remains of interrupted ones.
 *
 * @param {string} snapshot
 */
async function removeOthers(snapshot) {
  const [release = ""] = basename(snapshot).split("-");
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    if (path === snapshot || !name.startsWith(`${release}-`)) continue;
    // A copy takes less than a second; a younger one may still be unfinished.
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (name.includes(".partial-") && age < 60_000) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
