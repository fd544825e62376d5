import { releaseOf } from "./releases.mjs";
import { seed } from "./seed.mjs";

/**
 * The Keystone that the environment names, if any, seeded with the accounts.
 *
 * @param {import("./progress.mjs").Progress} [onProgress]
 * @returns {Promise<import("./keystone.mjs").TestKeystone | undefined>}
 */
export async function existingKeystone(onProgress) {
  const { env } = process;
  if (!env.KEYSTONE_URL) return undefined;
  const url = root(env.KEYSTONE_URL);
  const password = env.KEYSTONE_ADMIN_PASSWORD;
  if (!password) throw new Error("KEYSTONE_URL is set, but KEYSTONE_ADMIN_PASSWORD is not.");
  const admin = {
    name: env.KEYSTONE_ADMIN_USER || "admin",
    password,
    domain: env.KEYSTONE_ADMIN_DOMAIN || "Default",
    project: env.KEYSTONE_ADMIN_PROJECT || "admin",
  };
  const { keystone: version } = releaseOf(env.KEYSTONE_RELEASE || undefined);
  const placementUrl = env.PLACEMENT_URL ? root(env.PLACEMENT_URL) : undefined;

  onProgress?.(`Using the Keystone at ${url} (KEYSTONE_URL); its catalog stays as it is`);
  if (placementUrl === undefined) onProgress?.("No Placement: PLACEMENT_URL is not set");
  await seed(url, admin);

  const unable = async () => {
    throw new Error(`The Keystone at ${url} is not ours: it cannot be restarted from here.`);
  };
  return {
    own: false,
    version,
    moved: undefined,
    url,
    placementUrl,
    admin,
    dir: undefined,
    requestLog: undefined,
    requests: () => undefined,
    sql: undefined,
    restart: unable,
    rotateKeysAway: unable,
    stop: async () => {},
  };
}

/** @param {string} url */
function root(url) {
  return url.replace(/\/+$/, "").replace(/\/v3$/, "");
}
