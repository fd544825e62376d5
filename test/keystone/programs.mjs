/** Installs what a release's servers need, and returns where their programs are. */
import { readFile } from "node:fs/promises";
import { ensurePackages, installedVersions } from "./install.mjs";
import { launchers } from "./launchers.mjs";
import { lines, rootOf } from "./root.mjs";

const DATABASE = ["mariadb-server-core", "mariadb-client-core"];

const SERVERS = [
  "python3-keystone",
  "python3-placement",
  "python3-pymysql",
  "python3-gunicorn",
  "gunicorn",
];

const INSTEAD =
  "Set KEYSTONE_URL and KEYSTONE_ADMIN_PASSWORD (and KEYSTONE_ADMIN_USER, " +
  "KEYSTONE_ADMIN_PROJECT, KEYSTONE_ADMIN_DOMAIN) to use a Keystone that exists.";

/**
 * @typedef {object} Programs
 * @property {string} manage the path of keystone-manage
 * @property {string} gunicorn
 * @property {readonly string[]} packages all packages: "name version" each
 * @property {string} [moved] how the archive's packages differ from the release's pin
 */

/**
 * @param {import("./releases.mjs").Release} release
 * @param {import("./progress.mjs").Progress} [onProgress]
 * @returns {Promise<Programs>}
 */
export async function programsOf(release, onProgress) {
  const { suite } = release;
  if (suite === undefined) {
    const packages = await installed([...SERVERS, ...DATABASE], onProgress);
    return { manage: "/usr/bin/keystone-manage", gunicorn: "/usr/bin/gunicorn", packages };
  }
  const [root, database] = await Promise.all([
    rootOf({ ...release, suite }, onProgress),
    installed(DATABASE, onProgress),
  ]);
  const { manage, gunicorn } = launchers(root.dir);
  const packages = [...root.packages, ...database];
  const pinned = release.pin ? lines(await readFile(release.pin, "utf8")) : root.packages;
  const moved = difference(release, pinned, root.packages);
  return { manage, gunicorn, packages, ...(moved !== undefined && { moved }) };
}

/**
 * @param {readonly string[]} names
 * @param {import("./progress.mjs").Progress} [onProgress]
 */
async function installed(names, onProgress) {
  await ensurePackages(names, onProgress, { instead: INSTEAD });
  const versions = await installedVersions(names);
  return [...versions].map(([name, version]) => `${name} ${version}`).sort();
}

/**
 * @param {import("./releases.mjs").Release} release
 * @param {readonly string[]} pinned
 * @param {readonly string[]} found
 */
function difference({ name, suite }, pinned, found) {
  const others = found.filter((one) => !pinned.includes(one));
  if (others.length === 0 && found.length === pinned.length) return undefined;
  const ours = others.filter((one) => /^python3-(keystone|placement) /.test(one));
  const examples = [...ours, ...others.filter((one) => !ours.includes(one))].slice(0, 3);
  return (
    `the archive has moved on: ${others.length} of the ${found.length} packages of Debian ${suite} ` +
    `are not those that ${name} is pinned to (${examples.join(", ")}); ` +
    `npm run keystone -- --release ${name} --pin renews the pin`
  );
}
