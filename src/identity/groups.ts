import type { CallOptions, Session } from "../session/session.ts";
import { type FindOptions, find as findOne } from "./find.ts";
import { type Group, groupKind } from "./group.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Inexact } from "./query.ts";
import { act, holds, save, show } from "./request.ts";
import { type User, userKind } from "./user.ts";

export type { Group };

/** What a new group may be given; what the API does not know is kept too. */
export interface GroupCreate {
  readonly name: string;
  /** Default: the token's domain. */
  readonly domain_id?: string | undefined;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a group. */
export type GroupUpdate = Partial<GroupCreate>;

/** Which groups to list. */
export interface GroupQuery extends Inexact<"name"> {
  readonly domain_id?: string | undefined;
  readonly name?: string | undefined;
  /** Records a page. Default 500. */
  readonly limit?: number | undefined;
}

/** Which users of a group to list. */
export interface GroupUserQuery extends Inexact<"name"> {
  readonly domain_id?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  /** A comparison, as in `"lt:2027-01-01T00:00:00Z"`. */
  readonly password_expires_at?: string | undefined;
}

/**
 * Lists groups.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-groups
 * @example
 * for await (const { name } of groups.list(session, { domain_id: "default" })) console.log(name);
 */
export function list(session: Session, query?: GroupQuery, options?: CallOptions): Listing<Group> {
  return listing(session, { ...groupKind, pages: true }, path`groups`, query, options);
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
  nameOrId: string,
  { domain, signal }: FindOptions = {},
): Promise<Group> {
  return findOne(
    "group",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name, domain_id: domain }, { signal }),
    domain,
  );
}

/**
 * Creates a group.
 *
 * @throws {ConflictError} if the domain has one of that name.
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
 * Deletes a group. Its users stay, and lose the roles that they had by it.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * await groups.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`groups/${id}`, options);
}

export { remove as delete };

/**
 * Lists the users in a group.
 *
 * @throws {OptionsError} at the call, for an empty id.
 * @throws {NotFoundError} if there is no such group.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-users-in-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * for await (const { name } of groups.users(session, id, { enabled: true })) console.log(name);
 * await groups.delete(session, id);
 */
export function users(
  session: Session,
  id: string,
  query?: GroupUserQuery,
  options?: CallOptions,
): Listing<User> {
  return listing(session, userKind, path`groups/${id}/users`, query, options);
}

/**
 * Puts a user into a group, if it is not in it yet.
 *
 * @throws {NotFoundError} if there is no such group or user.
 * @see https://docs.openstack.org/api-ref/identity/v3/#add-user-to-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * const dora = await users.find(session, "dora");
 * await groups.addUser(session, id, dora.id);
 * await groups.delete(session, id);
 */
export async function addUser(
  session: Session,
  id: string,
  user: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, "put", path`groups/${id}/users/${user}`, options);
}

/**
 * Takes a user out of a group.
 *
 * @throws {NotFoundError} if the user is not in it, or there is no such group or user.
 * @see https://docs.openstack.org/api-ref/identity/v3/#remove-user-from-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * const dora = await users.find(session, "dora");
 * await groups.addUser(session, id, dora.id);
 * await groups.removeUser(session, id, dora.id);
 * await groups.delete(session, id);
 */
export async function removeUser(
  session: Session,
  id: string,
  user: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, "delete", path`groups/${id}/users/${user}`, options);
}

/**
 * Whether a user is in a group. Also false where there is no such group or user.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#check-whether-user-belongs-to-group
 * @example
 * const { id } = await groups.create(session, { name: `team ${Date.now()}` });
 * const dora = await users.find(session, "dora");
 * if (!(await groups.hasUser(session, id, dora.id))) await groups.addUser(session, id, dora.id);
 * await groups.delete(session, id);
 */
export async function hasUser(
  session: Session,
  id: string,
  user: string,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, path`groups/${id}/users/${user}`, options);
}
