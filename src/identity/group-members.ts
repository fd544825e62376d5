import type { CallOptions, Session } from "../session/contract.ts";
import { type User, userKind } from "./records/user.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact } from "./shared/filters.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference } from "./shared/reference.ts";
import { act, erase, holds } from "./shared/requests.ts";

/** Which users of a group to list. */
export interface GroupUserQuery extends Inexact<"name"> {
  readonly domain_id?: DomainReference | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  /** A comparison, as in `"lt:2027-01-01T00:00:00Z"`. */
  readonly password_expires_at?: string | undefined;
}

const filters: Filters<GroupUserQuery> = Object.freeze({
  domain_id: "domain",
  enabled: "plain",
  name: "inexact",
  password_expires_at: "plain",
});

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
  return listing(session, {
    kind: userKind,
    path: path`groups/${id}/users`,
    query,
    filters,
    options,
  });
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
  return act(session, path`groups/${id}/users/${user}`, options, { method: "put" });
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
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`groups/${id}/users/${user}`, options);
}

/**
 * Whether a user is in a group. Also false if there is no such group or user.
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
