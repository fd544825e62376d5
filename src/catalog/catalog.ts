import { expect } from "../expect.ts";
import { isRecord, textOf } from "../is-record.ts";

/** One address of a service. */
export interface CatalogEndpoint {
  readonly id: string;
  /** `"public"`, `"internal"` or `"admin"`. */
  readonly interface: string;
  /** The region's id, or null for an endpoint that belongs to none and serves all. */
  readonly region: string | null;
  readonly url: string;
}

/** A service and its endpoints. */
export interface CatalogService {
  readonly id: string;
  /** Such as `"compute"`; also an alias, as in `"volumev3"`. */
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

/**
 * The services that a token may reach. It is empty in an unscoped token.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
 */
export type Catalog = readonly CatalogService[];

/**
 * The types of a catalog's services, sorted.
 *
 * @example
 * serviceTypes(token.catalog); // ["compute", "identity", "volumev3"]
 */
export function serviceTypes(catalog: Catalog): string[] {
  expectCatalog(catalog);
  return [...new Set(catalog.map((service) => service.type))].sort();
}

/**
 * The regions of a catalog's endpoints, sorted.
 *
 * @example
 * regions(token.catalog); // ["RegionOne", "RegionTwo"]
 */
export function regions(catalog: Catalog): string[] {
  expectCatalog(catalog);
  const all = catalog.flatMap((service) => service.endpoints.map((endpoint) => endpoint.region));
  return [...new Set(all.filter((region) => region !== null))].sort();
}

/** @throws {OptionsError} if it is not a catalog. */
export function expectCatalog(catalog: unknown): void {
  const isCatalog =
    Array.isArray(catalog) &&
    catalog.every((service) => isRecord(service) && Array.isArray(service.endpoints));
  expect(isCatalog, "catalog", "the catalog of a token");
}

/**
 * Reads the catalog of a token, frozen throughout. A service without a type, or an endpoint without
 * an interface or an address, can't be looked up: `skip` is called with it, and the rest is kept.
 */
export function readCatalog(value: unknown, skip: (part: unknown) => void): Catalog {
  const services: CatalogService[] = [];
  for (const service of Array.isArray(value) ? value : []) {
    if (isRecord(service) && textOf(service.type)) services.push(readService(service, skip));
    else skip(service);
  }
  return Object.freeze(services);
}

function readService(
  service: Record<string, unknown>,
  skip: (part: unknown) => void,
): CatalogService {
  const endpoints: CatalogEndpoint[] = [];
  for (const endpoint of Array.isArray(service.endpoints) ? service.endpoints : []) {
    if (isRecord(endpoint) && textOf(endpoint.interface) && textOf(endpoint.url).trim()) {
      endpoints.push(readEndpoint(endpoint));
    } else {
      skip({ type: service.type, endpoint });
    }
  }
  return Object.freeze({
    ...service,
    id: textOf(service.id),
    type: textOf(service.type),
    name: textOf(service.name),
    endpoints: Object.freeze(endpoints),
  });
}

/** Overwrites the copy that `...` makes, and is not copied again: a catalog may have thousands. */
function readEndpoint({ region_id, ...endpoint }: Record<string, unknown>): CatalogEndpoint {
  const read = {
    id: textOf(endpoint.id),
    interface: textOf(endpoint.interface).replace(/URL$/, ""),
    region: textOf(region_id) || textOf(endpoint.region) || null,
    url: textOf(endpoint.url).trim(),
  };
  return Object.freeze(Object.assign(endpoint, read));
}
