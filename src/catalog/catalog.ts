/** One address of a service. */
export interface CatalogEndpoint {
  readonly id: string;
  /** `"public"`, `"internal"` or `"admin"`. */
  readonly interface: string;
  /** The region's id, or null where the operator gave none. */
  readonly region: string | null;
  readonly url: string;
}

/** A service and its endpoints. */
export interface Service {
  readonly id: string;
  /** Such as `"compute"`; also an alias, as in `"volumev3"`. */
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

/**
 * What a token may reach. Unscoped tokens have an empty one.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
 */
export type Catalog = readonly Service[];

/**
 * The types of a catalog's services, sorted.
 *
 * @example
 * serviceTypes(token.catalog); // ["compute", "identity", "volumev3"]
 */
export function serviceTypes(catalog: Catalog): string[] {
  return [...new Set(catalog.map((service) => service.type))].sort();
}

/**
 * The regions that a catalog's endpoints are in, sorted.
 *
 * @example
 * regions(token.catalog); // ["RegionOne", "RegionTwo"]
 */
export function regions(catalog: Catalog): string[] {
  const all = catalog.flatMap((service) => service.endpoints.map((endpoint) => endpoint.region));
  return [...new Set(all.filter((region) => region !== null))].sort();
}
