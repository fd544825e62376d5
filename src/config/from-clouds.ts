import { expect } from "../expect.ts";
import type { SessionOptions } from "../session/options.ts";
import { readSettings } from "./read-settings.ts";
import { createSettings, type Entry, textOf } from "./settings.ts";

/** What may come with a clouds.yaml. */
export interface CloudsOptions {
  /** A parsed secure.yaml: its secrets are laid over the cloud. */
  readonly secure?: unknown;
  /** A parsed clouds-public.yaml: where the cloud's `profile` is looked up. */
  readonly profiles?: unknown;
  /** Default: the cloud's `region_name`, or the first of its `regions`. */
  readonly region?: string | undefined;
}

/**
 * The options of a session from one cloud of a clouds.yaml, which any YAML parser has read.
 *
 * @throws {OptionsError} naming the path, as in `clouds.devstack.auth.username`, and what was
 * expected, never what is there.
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html
 * @example
 * const session = createSession(fromClouds(parse(text), "devstack"));
 */
export function fromClouds(
  parsed: unknown,
  name: string,
  { secure, profiles, region }: CloudsOptions = {},
): SessionOptions {
  const clouds = Object(Object(parsed).clouds);
  const known = Object.keys(clouds);
  expect(known.length > 0, "clouds", "a clouds.yaml, parsed");
  expect(known.includes(name), "name", `a cloud of this file: ${known.join(", ")}`);
  const path = `clouds.${name}`;
  const layers = [
    profileOf(clouds[name], profiles, path),
    clouds[name],
    Object(Object(secure).clouds)[name],
  ];
  const tables = [...layers, ...regionOf(layers, region, path)].map(plain);
  const entries = [
    ...tables.flatMap(({ auth }) => entriesOf(auth, `${path}.auth`)),
    // What stands beside `auth` counts before what is in it.
    ...tables.flatMap((table) => entriesOf(table, path)),
  ];
  return readSettings(createSettings(entries, (key) => `${path}.auth.${key}`));
}

/** What the provider of the cloud has published about it. */
function profileOf(cloud: unknown, profiles: unknown, path: string): unknown {
  // Older files have it as `cloud`.
  const { cloud: old, profile = old } = plain(cloud);
  if (!profile) return undefined;
  const place = `${path}.profile`;
  const known = new Map(Object.entries(Object(Object(profiles)["public-clouds"])));
  const name = textOf(profile, place);
  expect(
    known.has(name),
    place,
    "the name of a cloud in the option profiles, a clouds-public.yaml, parsed",
  );
  return known.get(name);
}

/** The region that was asked for or is usual, and what is set for it alone. */
function regionOf(layers: unknown[], asked: string | undefined, path: string): unknown[] {
  const { region_name, regions } = Object.assign({}, ...layers.map(plain));
  const list = [regions ?? []].flat().map((one) => (Object(one) === one ? one : { name: one }));
  const wanted = asked || region_name || list[0]?.name;
  const [place, places] = [asked ? "region" : `${path}.region_name`, `${path}.regions`];
  const found = list.find(({ name }) => textOf(name, places) === textOf(wanted, place));
  expect(found || list.length === 0, place, `one of those in ${places}`);
  return [found?.values, { region_name: wanted }];
}

const plain = (table: unknown): Record<string, unknown> =>
  Object.fromEntries(entriesOf(table, "").map(([name, value]) => [name, value]));

/** `user-domain-id` is another spelling of `user_domain_id`. */
function entriesOf(table: unknown, path: string): Entry[] {
  return Object.entries(Object(table)).map(([key, value]) => [
    key.replaceAll("-", "_"),
    value,
    `${path}.${key}`,
  ]);
}
