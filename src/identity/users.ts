import { expectText } from "../expect.ts";
import { connectionOf } from "../session/connection-of.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import { type User, userKind } from "./records/user.ts";
import { attributes, type Open } from "./shared/attributes.ts";
import {
  type DeleteOptions,
  expectOptions,
  type PasscodeOptions,
  withPasscode,
} from "./shared/call-options.ts";
import { expectObject } from "./shared/expect-object.ts";
import type { Filters, Inexact, Paging } from "./shared/filters.ts";
import { type FindOptions, find as findOne } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference, Reference } from "./shared/reference.ts";
import { act, erase, save, settle, show } from "./shared/requests.ts";
import { noRetry } from "./shared/send.ts";

export type { UserGroupQuery, UserProjectQuery } from "./user-memberships.ts";
export { groups, projects } from "./user-memberships.ts";
export type { User };

/** Settings of a user's logins; null removes one. */
export interface UserOptions {
  readonly ignore_change_password_upon_first_use?: boolean | null | undefined;
  readonly ignore_password_expiry?: boolean | null | undefined;
  readonly ignore_lockout_failure_attempts?: boolean | null | undefined;
  readonly ignore_user_inactivity?: boolean | null | undefined;
  /** Whether only an administrator may change the password. */
  readonly lock_password?: boolean | null | undefined;
  readonly multi_factor_auth_enabled?: boolean | null | undefined;
  /** Method names, as in `[["password", "totp"]]`: all methods of one of the lists are needed. */
  readonly multi_factor_auth_rules?: readonly (readonly string[])[] | null | undefined;
  readonly [option: string]: unknown;
}

/** The attributes of a new user; unknown ones are kept, too. */
export type UserCreate = Open<{
  readonly name: string;
  /** Default: the token's domain. */
  readonly domain_id?: string | null | undefined;
  readonly password?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | null | undefined;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly options?: UserOptions | null | undefined;
}>;

/** What can be changed of a user. A `password` is set by an administrator, and ends their tokens. */
export type UserUpdate = Partial<UserCreate>;

/** Which users to list. */
export interface UserQuery extends Paging, Inexact<"name"> {
  readonly domain_id?: DomainReference | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  /** A comparison, as in `"lt:2027-01-01T00:00:00Z"`. */
  readonly password_expires_at?: string | undefined;
  readonly idp_id?: string | undefined;
  readonly protocol_id?: string | undefined;
  readonly unique_id?: string | undefined;
}

const filters: Filters<UserQuery> = Object.freeze({
  domain_id: "domain",
  enabled: "plain",
  name: "inexact",
  password_expires_at: "plain",
  idp_id: "plain",
  protocol_id: "plain",
  unique_id: "plain",
  limit: "paging",
  marker: "paging",
});

/**
 * Lists users.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-users
 * @example
 * for await (const { name } of users.list(session, { name__startswith: "de" })) console.log(name);
 */
export function list(session: Session, query?: UserQuery, options?: CallOptions): Listing<User> {
  return listing(session, {
    kind: userKind,
    path: path`users`,
    query,
    filters,
    paged: true,
    own: "domain_id",
    options,
  });
}

/**
 * Gets a user by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-user-details
 * @example
 * const { user } = await session.token();
 * const { email, password_expires_at } = await users.get(session, user.id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<User> {
  return show(session, userKind, path`users/${id}`, options);
}

/**
 * Finds a user by name or id.
 *
 * @throws {NotFoundError} if nobody has that id or name.
 * @throws {ConflictError} if several have that name: give the domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-users
 * @example
 * const { id } = await users.find(session, "demo", { domain: "default" });
 */
export async function find(
  session: Session,
  nameOrId: Reference,
  options?: FindOptions,
): Promise<User> {
  return findOne(
    session,
    {
      what: "user",
      inDomain: true,
      get: (id, options) => get(session, id, options),
      named: (name, options, domain_id) => list(session, { name, domain_id }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a user.
 *
 * @throws {ConflictError} if the domain already has one with that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-user
 * @example
 * const robot = { name: `robot ${Date.now()}`, domain_id: "default", description: "helps" };
 * const { id } = await users.create(session, robot);
 * await users.delete(session, id);
 */
export async function create(
  session: Session,
  user: UserCreate,
  options?: CallOptions,
): Promise<User> {
  return save(session, "post", userKind, path`users`, user, options);
}

/**
 * Changes attributes of a user, and leaves the others.
 *
 * @param options with a `passcode`, where multi-factor options are changed on Keystone 2026.2 or newer
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} without a role for it, or without the passcode that it needs.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-user
 * @example
 * const { id } = await users.create(session, { name: `robot ${Date.now()}` });
 * await users.update(session, id, { enabled: false });
 * await users.delete(session, id);
 */
export async function update(
  session: Session,
  id: string,
  changes: UserUpdate,
  options?: PasscodeOptions,
): Promise<User> {
  const parts = withPasscode(options);
  return save(session, "patch", userKind, path`users/${id}`, changes, options, parts);
}

/**
 * Changes a user's own password. The old one is proof enough: this works without a token, even after
 * the password has expired. It revokes all tokens of the user, so log in again, a second later:
 * Keystone counts whole seconds, and takes a token of the same second for an old one.
 *
 * @param options with a `passcode`, for users with multi-factor rules on Keystone 2026.2 or newer
 * @throws {UnauthorizedError} if the original password is wrong.
 * @throws {ForbiddenError} without the passcode that it needs.
 * @see https://docs.openstack.org/api-ref/identity/v3/#change-password-for-user
 * @example
 * const robot = { name: `robot ${Date.now()}`, password: "old-one" };
 * const { id } = await users.create(session, robot);
 * await users.changePassword(session, id, { original_password: "old-one", password: "new-one" });
 * await users.delete(session, id);
 */
export async function changePassword(
  session: Session,
  id: string,
  user: { readonly original_password: string; readonly password: string },
  options?: PasscodeOptions,
): Promise<void> {
  expectOptions(options, ["passcode"]);
  const { original_password, password } = expectObject(user, "user");
  expectText(original_password, "user.original_password");
  expectText(password, "user.password");
  const { headers = {} } = withPasscode(options);
  const { signal } = options ?? {};
  const { identityUrl, client } = connectionOf(session);
  const address = `${await identityUrl(signal)}/${path`users/${id}/password`}`;
  // Not tried twice: the second time, the old password would be wrong.
  const json = { user: attributes(user, "user") };
  const parts = { json, headers, signal: signal ?? null, ...noRetry };
  await settle(client.post(address, parts));
}

/**
 * Revokes all tokens of a user, even the session's own: for users whose password is kept elsewhere,
 * and so can't be changed. Keystone 2026.2 and newer; older ones answer 404 to it. As after
 * `changePassword()`, log in again a second later.
 *
 * @throws {NotFoundError} if there is no such user, or Keystone is too old for it.
 * @throws {ForbiddenError} for another user's, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#users
 * @example
 * const { id } = await users.create(session, { name: `robot ${Date.now()}` });
 * await users.revokeTokens(session, id).catch((error) => console.log(error.status));
 * await users.delete(session, id);
 */
export async function revokeTokens(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, path`users/${id}/tokens`, options, { method: "delete" });
}

/**
 * Deletes a user.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-user
 * @example
 * const { id } = await users.create(session, { name: `robot ${Date.now()}` });
 * await users.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`users/${id}`, options);
}

export { remove as delete };
