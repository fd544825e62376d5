import type { CallOptions, Session } from "../session/contract.ts";
import { type Endpoint, endpointKind } from "./records/endpoint.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";

export type { Endpoint };

/** The attributes of a new endpoint; unknown ones are kept, too. */
export type EndpointCreate = Open<{
  readonly service_id: string;
  /** `"public"`, `"internal"` or `"admin"`. */
  readonly interface: string;
  readonly url: string;
  readonly region_id?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | null | undefined;
}>;

/** The attributes of an endpoint that can be changed. */
export type EndpointUpdate = Partial<EndpointCreate>;

/** Which endpoints to list. */
export interface EndpointQuery {
  readonly service_id?: string | undefined;
  readonly interface?: "public" | "internal" | "admin" | undefined;
  readonly region_id?: string | undefined;
}

const filters: Filters<EndpointQuery> = Object.freeze({
  service_id: "plain",
  interface: "plain",
  region_id: "plain",
});

/**
 * Lists endpoints.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-endpoints
 * @example
 * const all = await endpoints.list(session, { interface: "public", region_id: "RegionOne" });
 */
export function list(
  session: Session,
  query?: EndpointQuery,
  options?: CallOptions,
): Listing<Endpoint> {
  return listing(session, { kind: endpointKind, path: path`endpoints`, query, filters, options });
}

/**
 * Gets an endpoint by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-endpoint-details
 * @example
 * const endpoint = await endpoints.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Endpoint> {
  return show(session, endpointKind, path`endpoints/${id}`, options);
}

/**
 * Creates an endpoint.
 *
 * @throws {BadRequestError} if there is no such service or region.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-endpoint
 * @example
 * const { id } = await endpoints.create(session, {
 *   service_id: service,
 *   interface: "public",
 *   url: "https://backup.example/v1/%(project_id)s",
 *   region_id: "RegionOne",
 *   enabled: false,
 * });
 */
export async function create(
  session: Session,
  endpoint: EndpointCreate,
  options?: CallOptions,
): Promise<Endpoint> {
  return save(session, "post", endpointKind, path`endpoints`, endpoint, options);
}

/**
 * Changes attributes of an endpoint, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-endpoint
 * @example
 * await endpoints.update(session, id, { url: "https://backup.example/v2" });
 */
export async function update(
  session: Session,
  id: string,
  changes: EndpointUpdate,
  options?: CallOptions,
): Promise<Endpoint> {
  return save(session, "patch", endpointKind, path`endpoints/${id}`, changes, options);
}

/**
 * Deletes an endpoint.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-endpoint
 * @example
 * await endpoints.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`endpoints/${id}`, options);
}

export { remove as delete };
