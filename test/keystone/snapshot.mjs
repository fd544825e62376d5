import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installedVersions } from "./install.mjs";

const SOURCES = fileURLToPath(new URL("./", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/keystone/", import.meta.url));

/** What of a sandbox is kept: the database and Python's list of plugins. */
const KEPT = ["data", "home/.cache"];

/**
 * Where the snapshot is or will be. Its name changes with everything that its content comes from.
 *
 * @param {readonly string[]} packages
 */
export async function snapshotPath(packages) {
  const hash = createHash("sha256");
  for (const name of (await readdir(SOURCES)).sort()) {
    if (/\.(mjs|py)$/.test(name)) hash.update(name).update(await readFile(join(SOURCES, name)));
  }
  const versions = [...(await installedVersions(packages))].sort().join();
  // Files that root prepared are of no use to others.
  hash.update(`${versions} ${process.getuid?.()}`);
  return join(CACHE, hash.digest("hex").slice(0, 16));
}

/** @param {string} snapshot */
export async function snapshotExists(snapshot) {
  return stat(snapshot).then(
    () => true,
    () => false,
  );
}

/**
 * Keeps what a sandbox prepared. The snapshot appears at once or not at all.
 *
 * @param {string} snapshot
 * @param {string} dir the sandbox's
 */
export async function keepSnapshot(snapshot, dir) {
  const partial = `${snapshot}.partial-${randomUUID()}`;
  await mkdir(CACHE, { recursive: true });
  try {
    for (const name of KEPT) await copy(join(dir, name), join(partial, name));
    await rename(partial, snapshot);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Someone else may have prepared the same meanwhile: theirs is as good.
    if (!(await snapshotExists(snapshot))) throw error;
  }
  await removeOthers(snapshot);
}

/**
 * @param {string} snapshot
 * @param {string} dir the sandbox's
 */
export async function useSnapshot(snapshot, dir) {
  for (const name of KEPT) await copy(join(snapshot, name), join(dir, name));
}

/**
 * @param {string} from
 * @param {string} to
 */
async function copy(from, to) {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/**
 * Removes snapshots of other versions, and the remains of interrupted ones.
 *
 * @param {string} snapshot
 */
async function removeOthers(snapshot) {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    if (path === snapshot) continue;
    // A copy takes less than a second; a younger one may still be in the making.
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (name.includes(".partial-") && age < 60_000) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
