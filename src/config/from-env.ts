import { expect } from "../expect.ts";
import type { SessionOptions } from "../session/options.ts";
import { readSettings } from "./read-settings.ts";
import { createSettings, type Entry } from "./settings.ts";

/**
 * The options of a session from the OS_* variables, as an openrc file sets them: OS_AUTH_URL; a
 * password, OS_TOKEN or an application credential, or what OS_AUTH_TYPE names; a project, a domain,
 * OS_SYSTEM_SCOPE or OS_TRUST_ID; OS_REGION_NAME, OS_INTERFACE, OS_COMPUTE_ENDPOINT_OVERRIDE … An
 * empty variable counts as absent; a domain that is not named is "default". OS_CLOUD names a cloud
 * of a clouds.yaml, which `fromClouds()` reads.
 *
 * @param env `process.env`, `Deno.env.toObject()` or the `env` of a Worker: nothing is read but this
 * @throws {OptionsError} naming the variable and what was expected, never what is in it.
 * @see https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html
 * @example
 * const session = createSession(fromEnv(process.env));
 */
export function fromEnv(env: object): SessionOptions {
  expect(Object(env) === env, "env", "an object of variables");
  const entries = Object.entries(env).flatMap(([variable, value]): Entry[] => {
    const [, name] = /^OS_(\w+)$/.exec(variable) ?? [];
    return name ? [[name.toLowerCase(), value, variable]] : [];
  });
  const settings = createSettings(entries, (name) => `OS_${name.toUpperCase()}`);
  const elsewhere = settings.get("cloud") && !settings.get("auth_url");
  expect(!elsewhere, "OS_AUTH_URL", "the address of Keystone; for OS_CLOUD there is fromClouds()");
  return readSettings(settings);
}
