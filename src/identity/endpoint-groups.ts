import type { CallOptions, Session } from "../session/session.ts";
import { type Endpoint, endpointKind } from "./endpoint.ts";
import { type EndpointGroup, endpointGroupKind } from "./endpoint-group.ts";
import { find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, save, show } from "./request.ts";

export type { EndpointGroup };

/** What a new endpoint group may be given. */
export interface EndpointGroupCreate {
  readonly name: string;
  readonly filters: Readonly<Record<string, unknown>>;
  readonly description?: string | null | undefined;
}

/** What may be changed of an endpoint group. */
export type EndpointGroupUpdate = Partial<EndpointGroupCreate>;

/** Which endpoint groups to list. */
export interface EndpointGroupQuery {
  readonly name?: string | undefined;
}

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
  return listing(session, endpointGroupKind, path`OS-EP-FILTER/endpoint_groups`, query, options);
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
  nameOrId: string,
  { signal }: CallOptions = {},
): Promise<EndpointGroup> {
  return findOne(
    "endpoint group",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name }, { signal }),
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
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`OS-EP-FILTER/endpoint_groups/${id}`, options);
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
  return listing(
    session,
    endpointKind,
    path`OS-EP-FILTER/endpoint_groups/${id}/endpoints`,
    {},
    options,
  );
}

export { remove as delete };
