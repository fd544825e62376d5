import type { CallOptions, Session } from "../session/contract.ts";
import type { ResourceOptions } from "./records/resource-options.ts";
import { type Role, roleKind } from "./records/role.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact } from "./shared/filters.ts";
import { type FindOptions, find as findOne } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference, RoleReference } from "./shared/reference.ts";
import { erase, save, show } from "./shared/requests.ts";

export type { Grant, Grantee, GrantQuery } from "./grants.ts";
export { assign, check, granted, unassign } from "./grants.ts";
export type { Role };

/** The attributes of a new role; unknown ones are kept, too. */
export type RoleCreate = Open<{
  readonly name: string;
  /** The domain that it belongs to. Default: none; it is then a role of the whole cloud. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly options?: ResourceOptions | null | undefined;
}>;

/** The attributes of a role that can be changed. */
export type RoleUpdate = Partial<RoleCreate>;

/** Which roles to list. */
export interface RoleQuery extends Inexact<"name"> {
  readonly name?: string | undefined;
  /** The domain that they belong to. Default: those of the whole cloud. */
  readonly domain_id?: DomainReference | undefined;
}

const filters: Filters<RoleQuery> = Object.freeze({ name: "inexact", domain_id: "domain" });

/**
 * Lists roles: those of the whole cloud, or those of a domain.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-roles
 * @example
 * for (const { name, description } of await roles.list(session)) console.log(name, description);
 */
export function list(session: Session, query?: RoleQuery, options?: CallOptions): Listing<Role> {
  return listing(session, { kind: roleKind, path: path`roles`, query, filters, options });
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
  nameOrId: RoleReference,
  options?: FindOptions,
): Promise<Role> {
  return findOne(
    session,
    {
      what: "role",
      inDomain: true,
      get: (id, options) => get(session, id, options),
      named: (name, options, domain_id) => list(session, { name, domain_id }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a role. What it allows is up to the policies of the services.
 *
 * @throws {ConflictError} if there is already one with that name.
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
 * Deletes a role, and removes it from everybody who had it.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} if it is immutable, as admin, member and reader are.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-role
 * @example
 * const { id } = await roles.create(session, { name: `auditor ${Date.now()}` });
 * await roles.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`roles/${id}`, options);
}

export { remove as delete };
