import type { CallOptions, Session } from "../session/contract.ts";
import { type Group, groupKind } from "./records/group.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact, Paging } from "./shared/filters.ts";
import { type FindOptions, find as findOne } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference, Reference } from "./shared/reference.ts";
import { erase, save, show } from "./shared/requests.ts";

export type { GroupUserQuery } from "./group-members.ts";
export { addUser, hasUser, removeUser, users } from "./group-members.ts";
export type { Group };

/** The attributes of a new group; unknown ones are kept, too. */
export type GroupCreate = Open<{
  readonly name: string;
  /** Default: the token's domain. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
}>;

/** The attributes of a group that can be changed. */
export type GroupUpdate = Partial<GroupCreate>;

/** Which groups to list. */
export interface GroupQuery extends Paging, Inexact<"name"> {
  readonly domain_id?: DomainReference | undefined;
  readonly name?: string | undefined;
}

const filters: Filters<GroupQuery> = Object.freeze({
  domain_id: "domain",
  name: "inexact",
  limit: "paging",
  marker: "paging",
});

/**
 * Lists groups.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-groups
 * @example
 * for await (const { name } of groups.list(session, { domain_id: "default" })) console.log(name);
 */
export function list(session: Session, query?: GroupQuery, options?: CallOptions): Listing<Group> {
  return listing(session, {
    kind: groupKind,
    path: path`groups`,
    query,
    filters,
    paged: true,
    own: "domain_id",
    options,
  });
}

/**
 * Gets a group by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-group-details
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * const { name, domain_id } = await groups.get(session, id);
 * await groups.delete(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Group> {
  return show(session, groupKind, path`groups/${id}`, options);
}

/**
 * Finds a group by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @throws {ConflictError} if several have that name: give the domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-groups
 * @example
 * const { name } = await groups.create(session, { name: `team ${Date.now()}` });
 * const { id } = await groups.find(session, name);
 * await groups.delete(session, id);
 */
export async function find(
  session: Session,
  nameOrId: Reference,
  options?: FindOptions,
): Promise<Group> {
  return findOne(
    session,
    {
      what: "group",
      inDomain: true,
      get: (id, options) => get(session, id, options),
      named: (name, options, domain_id) => list(session, { name, domain_id }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a group.
 *
 * @throws {ConflictError} if the domain already has one with that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-group
 * @example
 * const team = { name: `team ${Date.now()}`, domain_id: "default", description: "who builds" };
 * const { id } = await groups.create(session, team);
 * await groups.delete(session, id);
 */
export async function create(
  session: Session,
  group: GroupCreate,
  options?: CallOptions,
): Promise<Group> {
  return save(session, "post", groupKind, path`groups`, group, options);
}

/**
 * Changes attributes of a group, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * await groups.update(session, id, { description: "who builds things" });
 * await groups.delete(session, id);
 */
export async function update(
  session: Session,
  id: string,
  changes: GroupUpdate,
  options?: CallOptions,
): Promise<Group> {
  return save(session, "patch", groupKind, path`groups/${id}`, changes, options);
}

/**
 * Deletes a group. Its users stay, and lose the roles that they had through it.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * await groups.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`groups/${id}`, options);
}

export { remove as delete };
