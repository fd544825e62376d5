import { expect, expectNames } from "../expect.ts";
import type { SessionOptions } from "../session/options.ts";
import type { ConfigOptions } from "./ignored.ts";
import { readSettings } from "./read-settings.ts";
import { createSettings, type Setting } from "./settings.ts";

/**
 * Turns the OS_* variables, as an openrc file sets them, into the options of a session: OS_AUTH_URL; a
 * password, OS_TOKEN or an application credential, or what OS_AUTH_TYPE names; a project, a domain,
 * OS_SYSTEM_SCOPE or OS_TRUST_ID; OS_REGION_NAME, OS_INTERFACE, OS_API_TIMEOUT, and settings of single
 * services (OS_OBJECT_STORE_REGION_NAME, OS_COMPUTE_ENDPOINT_OVERRIDE …). An empty variable counts as
 * absent, and the default of a domain is "default". OS_CLOUD names a cloud of a clouds.yaml: for that
 * there is `fromClouds()`.
 *
 * @param env `process.env`, `Deno.env.toObject()` or the `env` of a Worker: nothing else is read
 * @throws {OptionsError} naming the variable and what was expected, never its value: for one that is
 * missing, wrong or misspelt and, unless there is an `ignored` to report them to, for OS_CACERT,
 * OS_INSECURE, OS_CERT and OS_KEY, which no fetch can follow.
 * @see https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html
 * @example
 * const session = createSession(fromEnv(process.env));
 */
export function fromEnv(env: object, options: ConfigOptions = {}): SessionOptions {
  expectNames(options ?? {}, ["ignored"]);
  expect(typeof env === "object" && env !== null, "env", "an object of variables");
  const given = Object.entries(env).flatMap(([variable, value]): Setting[] => {
    // As in openstacksdk: these belong to test runners and oslo.log.
    const [, name] = /^OS_(?!TEST|STD|LOG)(\w+)$/.exec(variable) ?? [];
    if (!name) return [];
    // Of several regions, separated by commas, the first is used.
    const several = variable === "OS_REGION_NAME" && typeof value === "string";
    return [
      { name: name.toLowerCase(), value: several ? value.split(",")[0] : value, place: variable },
    ];
  });
  const settings = createSettings(given, (name) => `OS_${name.toUpperCase()}`);
  const elsewhere = settings.get("cloud") && !settings.has("auth_url");
  expect(!elsewhere, "OS_AUTH_URL", "the address of Keystone; for OS_CLOUD there is fromClouds()");
  return readSettings(settings, options ?? {});
}
