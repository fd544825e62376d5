import type { SessionOptions } from "../session/options.ts";
import { type CloudsOptions, fromClouds as readClouds } from "./from-clouds.ts";
import { vendors } from "./vendors.ts";

export { fromEnv } from "./from-env.ts";

/**
 * `keystone-fetch/config` is this file in Node, Deno and Bun, which load it from a disk: there
 * `fromClouds()` knows the providers' profiles by itself, as the openstack command does. A bundle
 * for a page or a Worker carries them only where `keystone-fetch/config/vendors` is imported.
 */
export function fromClouds(
  parsed: unknown,
  name: string,
  options: CloudsOptions = {},
): SessionOptions {
  return readClouds(parsed, name, { ...options, profiles: options?.profiles ?? vendors });
}
