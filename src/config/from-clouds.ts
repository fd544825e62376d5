import { expect, expectNames } from "../expect.ts";
import { recordOf } from "../is-record.ts";
import type { SessionOptions } from "../session/options.ts";
import { findProfile } from "./find-profile.ts";
import { findRegion } from "./find-region.ts";
import type { ConfigOptions } from "./ignored.ts";
import { type Layer, settingsOfLayers } from "./layers.ts";
import { authNames } from "./names.ts";
import { readSettings } from "./read-settings.ts";
import { createSettings } from "./settings.ts";
import { tableOf } from "./table.ts";

/** What may come with a clouds.yaml. */
export interface CloudsOptions extends ConfigOptions {
  /** A parsed secure.yaml, whose secrets are merged into the cloud. */
  readonly secure?: unknown;
  /**
   * A parsed clouds-public.yaml, where the cloud's `profile` is looked up: `vendors` of
   * `keystone-fetch/config/vendors` has those that openstacksdk ships, which is the default in Node,
   * Deno and Bun. A profile that is not found is an error only if the cloud is incomplete without it.
   */
  readonly profiles?: unknown;
  /** Default: the cloud's `region_name`, or the first of its `regions`. */
  readonly region?: string | undefined;
}

const names: readonly (keyof CloudsOptions)[] = ["secure", "profiles", "region", "ignored"];

/**
 * Turns one cloud of a clouds.yaml, parsed by any YAML parser, into the options of a session.
 *
 * @throws {OptionsError} naming the path, as in `clouds.devstack.auth.username`, and what was expected
 * there, never the value: for a setting that is missing, wrong or misspelt and, unless there is an
 * `ignored` to report them to, for `verify: false`, `insecure`, `cacert`, `cert` and `key`, which no
 * fetch can follow.
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 * @example
 * const session = createSession(fromClouds(parse(text), "devstack"));
 */
export function fromClouds(
  parsed: unknown,
  name: string,
  options: CloudsOptions = {},
): SessionOptions {
  expectNames(recordOf(options), names);
  const { secure, profiles, region, ignored } = recordOf(options) as CloudsOptions;
  const clouds = tableOf(recordOf(parsed).clouds);
  const known = Object.keys(clouds);
  expect(known.length > 0, "clouds", "a clouds.yaml, parsed");
  expect(known.includes(name), "name", `one of the clouds in this file: ${known.join(", ")}`);
  const path = `clouds.${name}`;
  const secrets = new Map(Object.entries(recordOf(recordOf(secure).clouds)));
  const own: Layer[] = [
    { path, table: tableOf(clouds[name]) },
    { path, table: tableOf(secrets.get(name)) },
  ];
  const profile = findProfile(own, profiles);
  const chosen = findRegion(own, profile.layers, region);
  const layers = [...profile.layers, ...own, { path, table: chosen?.values ?? {} }];
  const regionName = { name: "region_name", value: chosen?.name, place: `${path}.region_name` };
  const settings = createSettings([...settingsOfLayers(layers), regionName], (key) =>
    authNames.includes(key) ? `${path}.auth.${key}` : `${path}.${key}`,
  );
  const { unusable } = profile;
  if (unusable) {
    // Without an address, the cloud is what the profile says it is.
    expect(settings.has("auth_url"), unusable.place, unusable.expected);
    ignored?.({ name: unusable.place, reason: `expected ${unusable.expected}` });
  }
  return readSettings(settings, { ignored });
}
