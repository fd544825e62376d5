import { expect, expectNames, expectOptional, expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";

/** Which of a service's addresses: `"public"` for everybody, the others within the cloud's network. */
export type EndpointInterface = "public" | "internal" | "admin";

/** What to look up in a catalog. */
export interface EndpointQuery {
  /** A service type or an alias of it: `"volumev3"` finds `"block-storage"`. */
  readonly type: string;
  /** Default: any region. An endpoint that belongs to no region serves all. */
  readonly region?: string | undefined;
  /** Default `"public"`; a list is an order of preference. */
  readonly interface?: EndpointInterface | readonly EndpointInterface[] | undefined;
  /** The service's own name, as in `"nova"`. */
  readonly name?: string | undefined;
  /** `3`, `"v3"`, `"2.1"`, `"latest"` or `"2.latest"`: the best of the versions that match. */
  readonly version?: string | number | undefined;
  /**
   * `"1.39"` or `"latest"`: checked against what the endpoint's own version document offers, and sent
   * in the headers of that service by `session.service()`. Not every service's CORS settings allow
   * them.
   */
  readonly microversion?: string | undefined;
}

/** Defaults for the look-ups of one service. */
export interface ServiceDefaults extends Omit<EndpointQuery, "type"> {
  /** The type under which this cloud's catalog lists it. */
  readonly type?: string | undefined;
}

const names = ["type", "region", "interface", "name", "version", "microversion"];

/** A query that has been read. */
export interface ReadQuery extends EndpointQuery {
  /** Where the query is an endpoint that was found earlier: that one is meant. */
  readonly url?: string | undefined;
}

/**
 * Reads a query. It may be an endpoint that was found earlier.
 *
 * @throws {OptionsError} naming what is wrong.
 */
export function readQuery(query: unknown): ReadQuery {
  if (typeof query === "string") {
    expectText(query, "type");
    return { type: query };
  }
  expect(isRecord(query), "type", "a service type, or { type, region, interface … }");
  const { type, region, interface: interfaces, name, version, microversion, url } = query;
  expectOptional(url, "url");
  // An endpoint has whatever else its catalog says of it.
  if (!url) expectNames(query, names);
  expectText(type, "type");
  expectOptional(region, "region");
  expectOptional(name, "name");
  expectInterface(interfaces);
  expectVersion(version);
  expectMicroversion(microversion);
  return {
    type,
    region: region ?? undefined,
    interface: interfaces ?? undefined,
    name: name ?? undefined,
    version: version ?? undefined,
    microversion: microversion ?? undefined,
    url: url || undefined,
  };
}

/** What a query says, without what it leaves open. */
export function withoutUndefined(query: ServiceDefaults): ServiceDefaults {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

function expectVersion(version: unknown): asserts version is EndpointQuery["version"] | null {
  const isVersion =
    (typeof version === "number" && version >= 0 && Number.isFinite(version)) ||
    (typeof version === "string" && /^(v?\d+(\.\d+)*|(v?\d+\.)?latest)$/i.test(version));
  const isAbsent = version === undefined || version === null;
  expect(isAbsent || isVersion, "version", '3, "v3", "2.1" or "latest"');
}

/** As numbers, 1.1 and 1.10 would be the same. */
export function expectMicroversion(
  microversion: unknown,
  option = "microversion",
): asserts microversion is string | null | undefined {
  const isMicroversion =
    typeof microversion === "string" && /^(\d+\.\d+|(\d+\.)?latest)$/.test(microversion);
  const isAbsent = microversion === undefined || microversion === null;
  expect(isAbsent || isMicroversion, option, '"1.39" or "latest", in quotes');
}

/** @throws {OptionsError} for an unknown interface. */
export function expectInterface(
  given: unknown,
): asserts given is EndpointQuery["interface"] | null {
  const interfaces = [given ?? "public"].flat();
  const known: readonly unknown[] = ["public", "internal", "admin"];
  const areKnown = interfaces.every((one) => known.includes(one));
  const isGood = areKnown && interfaces.length > 0;
  expect(isGood, "interface", '"public", "internal", "admin" or a list of them');
}
