import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { accounts } from "./accounts.mjs";
import { ini } from "./config.mjs";

/**
 * Placement is the smallest OpenStack service that uses Keystone: with it, calls through the catalog,
 * 401s, 403s and microversions are real.
 *
 * @param {string} dir the sandbox's
 * @param {{ keystoneUrl: string, origins: readonly string[] }} options
 */
export async function configurePlacement(dir, { keystoneUrl, origins }) {
  const { placement } = accounts;
  const text = ini({
    api: { auth_strategy: "keystone" },
    placement_database: {
      connection: `sqlite:///${join(dir, "placement.sqlite")}`,
      sync_on_startup: true,
    },
    keystone_authtoken: {
      auth_type: "password",
      auth_url: keystoneUrl,
      www_authenticate_uri: keystoneUrl,
      username: placement.name,
      password: placement.password,
      user_domain_name: placement.domain,
      project_name: "service",
      project_domain_name: placement.domain,
      // It asks Keystone about a token every time, so that a revoked one fails at once, not in
      // minutes.
      token_cache_time: -1,
    },
    cors: { allowed_origin: origins.join(",") },
  });
  await mkdir(join(dir, "home/.placement"), { recursive: true });
  await writeFile(join(dir, "home/.placement/placement.conf"), text);
}
