import type { CallOptions, Session } from "../session/session.ts";
import { type Endpoint, endpointKind } from "./endpoint.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, save, show } from "./request.ts";

export type { Endpoint };

/** What a new endpoint may be given; what the API does not know is kept too. */
export interface EndpointCreate {
  readonly service_id: string;
  readonly interface: "public" | "internal" | "admin";
  readonly url: string;
  readonly region_id?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of an endpoint. */
export type EndpointUpdate = Partial<EndpointCreate>;

/** Which endpoints to list. */
export interface EndpointQuery {
  readonly service_id?: string | undefined;
  readonly interface?: "public" | "internal" | "admin" | undefined;
  readonly region_id?: string | undefined;
}

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
  return listing(session, endpointKind, path`endpoints`, query, options);
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
 * @throws {KeystoneError} with status 400 if there is no such service or region.
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
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`endpoints/${id}`, options);
}

export { remove as delete };
