import type { CallOptions, Session } from "../session/session.ts";
import { type FindOptions, find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Inexact } from "./query.ts";
import { act, save, show } from "./request.ts";
import type { ResourceOptions } from "./resource-options.ts";
import { type Role, roleKind } from "./role.ts";

export type { Grant, Grantee, GrantQuery } from "./grants.ts";
export { assign, check, granted, unassign } from "./grants.ts";
export type { Role };

/** What a new role may be given; what the API does not know is kept too. */
export interface RoleCreate {
  readonly name: string;
  /** The domain whose own it is. Default: none, so that it is the whole cloud's. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: ResourceOptions | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a role. */
export type RoleUpdate = Partial<RoleCreate>;

/** Which roles to list. */
export interface RoleQuery extends Inexact<"name"> {
  readonly name?: string | undefined;
  /** The domain whose own they are. Default: those of the whole cloud. */
  readonly domain_id?: string | undefined;
}

/**
 * Lists roles: those of the whole cloud, or those of a domain.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-roles
 * @example
 * for (const { name, description } of await roles.list(session)) console.log(name, description);
 */
export function list(session: Session, query?: RoleQuery, options?: CallOptions): Listing<Role> {
  return listing(session, roleKind, path`roles`, query, options);
}

/**
 * Gets a role by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-role-details
 * @example
 * const [first] = await roles.list(session);
 * const { name, domain_id } = await roles.get(session, first.id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Role> {
  return show(session, roleKind, path`roles/${id}`, options);
}

/**
 * Finds a role by name or id: of the whole cloud or, with `domain`, of that domain's own.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @throws {ConflictError} if several have that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-roles
 * @example
 * const { id } = await roles.find(session, "member");
 */
export async function find(
  session: Session,
  nameOrId: string,
  { domain, signal }: FindOptions = {},
): Promise<Role> {
  return findOne(
    "role",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name, domain_id: domain }, { signal }),
    domain,
  );
}

/**
 * Creates a role. What it allows is up to the policies of the services.
 *
 * @throws {ConflictError} if there is one of that name.
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-role
 * @example
 * const { id } = await roles.create(session, { name: `auditor ${Date.now()}` });
 * await roles.delete(session, id);
 */
export async function create(
  session: Session,
  role: RoleCreate,
  options?: CallOptions,
): Promise<Role> {
  return save(session, "post", roleKind, path`roles`, role, options);
}

/**
 * Changes attributes of a role, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} if it is immutable, as admin, member and reader are.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-role
 * @example
 * const { id } = await roles.create(session, { name: `auditor ${Date.now()}` });
 * await roles.update(session, id, { description: "reads everything, changes nothing" });
 * await roles.delete(session, id);
 */
export async function update(
  session: Session,
  id: string,
  changes: RoleUpdate,
  options?: CallOptions,
): Promise<Role> {
  return save(session, "patch", roleKind, path`roles/${id}`, changes, options);
}

/**
 * Deletes a role, and takes it from all who had it.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} if it is immutable, as admin, member and reader are.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-role
 * @example
 * const { id } = await roles.create(session, { name: `auditor ${Date.now()}` });
 * await roles.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`roles/${id}`, options);
}

export { remove as delete };
