/** The Keystones that can be started: Debian 12's own, and newer ones from later suites of Debian. */

/**
 * @typedef {object} Release
 * @property {string} name OpenStack's name of it, as `--release` takes it
 * @property {number} keystone the major version of its Keystone
 * @property {string} [suite] the suite of Debian that has it; without one its packages are installed
 * @property {URL} [pin] the list of packages with which it was last tried, if the suite moves
 */

/** @type {readonly Release[]} */
export const releases = Object.freeze([
  { name: "zed", keystone: 22 },
  { name: "2025.1", keystone: 27, suite: "trixie" },
  {
    name: "2026.2",
    keystone: 30,
    suite: "forky",
    pin: new URL("2026.2.packages", import.meta.url),
  },
]);

/**
 * @param {string} [name] "zed" where not given
 * @returns {Release}
 */
export function releaseOf(name = "zed") {
  const release = releases.find((one) => one.name === name);
  if (release !== undefined) return release;
  const names = releases.map((one) => one.name).join(", ");
  throw new Error(`There is no release "${name}" here; there are ${names}.`);
}
