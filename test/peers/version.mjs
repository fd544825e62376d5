/** A peer's way to ask for a version, in ours. */

/**
 * keystoneauth asks for a range. One within a major version is ours to ask for; others are not.
 * @param {Record<string, any>} args
 * @returns {{ version?: string | number } | undefined} undefined where we have no such question
 */
export function askedVersion({ version, min_version: least, max_version: most }) {
  if (version !== undefined) {
    return least === undefined && most === undefined ? { version: ofMajor(version) } : undefined;
  }
  if (least === undefined && most === undefined) return {};
  const [from, to] = [numbers(least), numbers(most)];
  if (from[0] === "latest" && (most === undefined || to[0] === "latest")) {
    return { version: "latest" };
  }
  if (from[0] === undefined || from[0] !== to[0] || to[1] !== "latest") return undefined;
  return { version: ofMajor(least) };
}

/** @param {unknown} version as "v2.0", 2, [2, 0] or "2.latest" @returns {string[]} */
function numbers(version) {
  if (version === undefined) return [];
  return Array.isArray(version)
    ? version.map(String)
    : String(version).replace(/^v/, "").split(".");
}

/** "2.0" takes any 2 there, "2.1" any from there on: ours are 2, and 2.1 alone. @param {unknown} version */
function ofMajor(version) {
  const [major = "", minor = "0"] = numbers(version);
  return minor === "0" ? major : `${major}.${minor}`;
}
