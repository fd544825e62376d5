import { EndpointNotFoundError } from "../errors.ts";
import { type Catalog, type CatalogEndpoint, serviceTypes } from "./catalog.ts";
import { typesFor } from "./service-types.ts";
import { satisfies, splitVersion } from "./version.ts";

/** Which of a service's addresses: `"public"` for everybody, the others for the cloud's own net. */
export type Interface = "public" | "internal" | "admin";

/** What to look up. */
export interface EndpointQuery {
  /** A service type or an alias of it: `"volumev3"` finds `"block-storage"`. */
  readonly type: string;
  /** Default: any region. */
  readonly region?: string | undefined;
  /** Default `"public"`; a list is an order of preference. */
  readonly interface?: Interface | readonly Interface[] | undefined;
  /** The service's own name, as in `"nova"`. */
  readonly name?: string | undefined;
  /** `3`, `"v3"` or `"2.1"`; an address without a version serves any. */
  readonly version?: string | number | undefined;
}

/** An address found. */
export interface Endpoint extends Omit<CatalogEndpoint, "id"> {
  /** Absent where it comes from the options and not from a catalog. */
  readonly id?: string;
  /** The service's type as the catalog has it. */
  readonly type: string;
  readonly name: string;
}

/**
 * Looks an endpoint up in a catalog.
 *
 * @throws {EndpointNotFoundError} saying what was asked for and what there is.
 * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
 * @example
 * findEndpoint(token.catalog, { type: "compute", region: "RegionOne" }).url;
 */
export function findEndpoint(catalog: Catalog, query: string | EndpointQuery): Endpoint {
  const asked: EndpointQuery = typeof query === "string" ? { type: query } : query;
  const { type, region, name, version, interface: wish = "public" } = asked;
  const all = catalog.flatMap(({ type, name, endpoints }) =>
    endpoints.map((endpoint) => ({ ...endpoint, type, name })),
  );
  const spellings = typesFor(type);
  for (const spelling of spellings) {
    // Where an alias names a version, another spelling of the service must be of that version.
    const wanted = version ?? (spelling !== type && /v\d$/.exec(type)?.[0]);
    for (const face of [wish].flat()) {
      const found = all.find(
        (endpoint) =>
          endpoint.type === spelling &&
          endpoint.interface === face &&
          (!name || endpoint.name === name) &&
          // "*" is how some clouds say "every region".
          (!region || endpoint.region === region || endpoint.region === "*") &&
          (!wanted || satisfies(splitVersion(endpoint.url)[1], wanted)),
      );
      if (found) return found;
    }
  }
  const say = ({ type, name, interface: face, region }: Endpoint) =>
    [type, name, face, region].join(" ");
  const same = all.filter((endpoint) => spellings.includes(endpoint.type)).map(say);
  const words = (same.length > 0 ? same : serviceTypes(catalog)).join(", ");
  throw new EndpointNotFoundError(
    `No endpoint for ${JSON.stringify(asked)} in the catalog, only ${words || "nothing: is the token unscoped?"}`,
    { query: asked, available: all.map(say) },
  );
}
