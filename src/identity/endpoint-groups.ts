import type { CallOptions, Session } from "../session/contract.ts";
import { type Endpoint, endpointKind } from "./records/endpoint.ts";
import { type EndpointGroup, endpointGroupKind } from "./records/endpoint-group.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import { find as findOne, type Wanted } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";

export type { EndpointGroup };

/** The attributes of a new endpoint group. */
export interface EndpointGroupCreate {
  readonly name: string;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly description?: string | null | undefined;
}

/** The attributes of an endpoint group that can be changed. */
export type EndpointGroupUpdate = Partial<EndpointGroupCreate>;

/** Which endpoint groups to list. */
export interface EndpointGroupQuery {
  readonly name?: string | undefined;
}

const filters: Filters<EndpointGroupQuery> = Object.freeze({ name: "plain" });

/**
 * Lists endpoint groups.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-endpoint-groups
 * @example
 * for await (const { name, filters } of endpointGroups.list(session)) console.log(name, filters);
 */
export function list(
  session: Session,
  query?: EndpointGroupQuery,
  options?: CallOptions,
): Listing<EndpointGroup> {
  return listing(session, {
    kind: endpointGroupKind,
    path: path`OS-EP-FILTER/endpoint_groups`,
    query,
    filters,
    options,
  });
}

/**
 * Gets an endpoint group by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-endpoint-group
 * @example
 * const { name, filters } = await endpointGroups.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<EndpointGroup> {
  return show(session, endpointGroupKind, path`OS-EP-FILTER/endpoint_groups/${id}`, options);
}

/**
 * Finds an endpoint group by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @throws {ConflictError} if several have that name.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-endpoint-groups
 * @example
 * const { id } = await endpointGroups.find(session, "public");
 */
export async function find(
  session: Session,
  nameOrId: Wanted,
  options?: CallOptions,
): Promise<EndpointGroup> {
  return findOne(
    session,
    {
      what: "endpoint group",
      get: (id, options) => get(session, id, options),
      named: (name, options) => list(session, { name }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates an endpoint group.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-endpoint-group
 * @example
 * const { id } = await endpointGroups.create(session, {
 *   name: "north",
 *   filters: { region_id: "RegionTwo" },
 * });
 */
export async function create(
  session: Session,
  group: EndpointGroupCreate,
  options?: CallOptions,
): Promise<EndpointGroup> {
  return save(
    session,
    "post",
    endpointGroupKind,
    path`OS-EP-FILTER/endpoint_groups`,
    group,
    options,
  );
}

/**
 * Changes attributes of an endpoint group, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-endpoint-group
 * @example
 * await endpointGroups.update(session, id, { filters: { interface: "public" } });
 */
export async function update(
  session: Session,
  id: string,
  changes: EndpointGroupUpdate,
  options?: CallOptions,
): Promise<EndpointGroup> {
  return save(
    session,
    "patch",
    endpointGroupKind,
    path`OS-EP-FILTER/endpoint_groups/${id}`,
    changes,
    options,
  );
}

/**
 * Deletes an endpoint group.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-endpoint-group
 * @example
 * await endpointGroups.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-EP-FILTER/endpoint_groups/${id}`, options);
}

/**
 * Lists the endpoints that the filters of a group let through.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-endpoints-associated-with-endpoint-group
 * @example
 * for (const { url } of await endpointGroups.endpoints(session, id)) console.log(url);
 */
export function endpoints(session: Session, id: string, options?: CallOptions): Listing<Endpoint> {
  return listing(session, {
    kind: endpointKind,
    path: path`OS-EP-FILTER/endpoint_groups/${id}/endpoints`,
    options,
  });
}

export { remove as delete };
