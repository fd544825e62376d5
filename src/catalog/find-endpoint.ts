import { EndpointNotFoundError } from "../errors.ts";
import { compareVersions, satisfies, splitVersion, versionIn } from "./api-version.ts";
import { type Catalog, type CatalogEndpoint, expectCatalog, serviceTypes } from "./catalog.ts";
import {
  type EndpointQuery,
  type ReadQuery,
  readQuery,
  withoutUndefined,
} from "./endpoint-query.ts";
import { typeOfProject, typesFor } from "./service-types.ts";

/** An address found. */
export interface Endpoint extends Omit<CatalogEndpoint, "id"> {
  /** Absent if it comes from the options, not from a catalog. */
  readonly id?: string;
  /** The service's type as the catalog has it. */
  readonly type: string;
  readonly name: string;
}

/**
 * Looks up an endpoint in a catalog: the best match.
 *
 * @throws {EndpointNotFoundError} if there is none; it says what was asked for, and what there is.
 * @throws {OptionsError} if it is not a query.
 * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
 * @example
 * findEndpoint(token.catalog, { type: "compute", region: "RegionOne" }).url;
 */
export function findEndpoint(catalog: Catalog, query: string | EndpointQuery): Endpoint {
  expectCatalog(catalog);
  const asked = readQuery(query);
  const [best] = matching(catalog, asked);
  if (best) return best;
  throw endpointNotFound(catalog, asked);
}

/**
 * Looks up all endpoints that match, best first; without a query, all in the catalog.
 *
 * @throws {OptionsError} if it is not a query.
 * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
 * @example
 * for (const { region, url } of findEndpoints(token.catalog, "compute")) console.log(region, url);
 */
export function findEndpoints(catalog: Catalog, query?: string | EndpointQuery): Endpoint[] {
  expectCatalog(catalog);
  if (query !== undefined) return [...matching(catalog, readQuery(query))];
  return catalog.flatMap(({ type, name, endpoints }) =>
    endpoints.map((endpoint) => ({ ...endpoint, type, name })),
  );
}

/** What was found in frozen catalogs, remembered. */
const lookUps = new WeakMap<Catalog, Map<string, readonly Endpoint[]>>();

function matching(catalog: Catalog, query: ReadQuery): readonly Endpoint[] {
  // A token's catalog is frozen throughout.
  if (!Object.isFrozen(catalog)) return search(catalog, query);
  const known = lookUps.get(catalog) ?? new Map<string, readonly Endpoint[]>();
  lookUps.set(catalog, known);
  const key = JSON.stringify(query);
  const found = known.get(key) ?? search(catalog, query);
  // Misses are not remembered: there is no end of them.
  if (found.length > 0) known.set(key, found);
  return found;
}

/** By the spelling of the type, the interface, a region of its own, and the version. */
function search(catalog: Catalog, query: ReadQuery): Endpoint[] {
  const found: Endpoint[] = [];
  for (const spelling of typesFor(query.type)) {
    const services = catalog.filter(({ type, name }) => {
      return type === spelling && (!query.name || name === query.name);
    });
    for (const preferred of [query.interface ?? "public"].flat()) {
      const same: Endpoint[] = [];
      for (const { type, name, endpoints } of services) {
        for (const endpoint of endpoints) {
          if (endpoint.interface !== preferred) continue;
          const candidate = Object.freeze({ ...endpoint, type, name });
          if (isMatch(candidate, query)) same.push(candidate);
        }
      }
      found.push(...same.sort((one, other) => preference(one, other, query)));
    }
  }
  return found;
}

function isMatch({ type, region, url }: Endpoint, query: ReadQuery): boolean {
  if (query.url !== undefined && query.url !== url) return false;
  // "*" is how some clouds write "every region".
  const inRegion = !query.region || region === query.region || region === null || region === "*";
  if (!inRegion) return false;
  if (query.version !== undefined) return satisfies(versionOf(url), query.version);
  // Where an alias names a version, another spelling of the service must be of that version.
  const named = /v\d$/.exec(query.type)?.[0];
  return named === undefined || type === query.type || satisfies(versionOf(url), named);
}

/** The version that an address names: at its end, or before a project's id. */
function versionOf(url: string): string | undefined {
  return splitVersion(url)[1] ?? versionIn(url);
}

function preference(one: Endpoint, other: Endpoint, { region, version }: EndpointQuery): number {
  const exact = (endpoint: Endpoint) => (!region || endpoint.region === region ? 0 : 1);
  const byRegion = exact(one) - exact(other);
  if (byRegion !== 0 || version === undefined) return byRegion;
  return compareVersions(versionOf(other.url), versionOf(one.url));
}

/** How many endpoints a message names. */
const namedAtMost = 20;

/** The error that says what was asked for, and what there is. */
export function endpointNotFound(catalog: Catalog, query: EndpointQuery): EndpointNotFoundError {
  const all = findEndpoints(catalog);
  const available = all.map(describe);
  const types = typesFor(query.type);
  const same = all.filter(({ type }) => types.includes(type));
  const listed = same.length > 0 ? same.map(describe) : serviceTypes(catalog);
  const more = listed.length - namedAtMost;
  const words = listed.slice(0, namedAtMost).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const type = typeOfProject(query.type);
  const hint = type ? `. The service type of ${query.type} is "${type}"` : "";
  return new EndpointNotFoundError(
    `No endpoint for ${JSON.stringify(query)} in the catalog, ${words ? `only ${words}` : "which is empty: is the token unscoped?"}${hint}`,
    { query: withoutUndefined(query), available },
  );
}

function describe(endpoint: Endpoint): string {
  return [endpoint.type, endpoint.name, endpoint.interface, endpoint.region].join(" ");
}
