import { expectText } from "../expect.ts";
import { anonymous } from "../session/anonymous.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { type FindOptions, find as findOne } from "./find.ts";
import { given } from "./given.ts";
import { type Group, groupKind } from "./group.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { type Project, projectKind } from "./project.ts";
import type { Inexact } from "./query.ts";
import { act, once, save, settle, show } from "./request.ts";
import { type User, userKind } from "./user.ts";

export type { User };

/** How a user logs in; null takes a setting back. */
export interface UserOptions {
  readonly ignore_change_password_upon_first_use?: boolean | null | undefined;
  readonly ignore_password_expiry?: boolean | null | undefined;
  readonly ignore_lockout_failure_attempts?: boolean | null | undefined;
  readonly ignore_user_inactivity?: boolean | null | undefined;
  /** Whether only an administrator may change the password. */
  readonly lock_password?: boolean | null | undefined;
  readonly multi_factor_auth_enabled?: boolean | null | undefined;
  /** Method names, as in `[["password", "totp"]]`: one whole list of them is needed. */
  readonly multi_factor_auth_rules?: readonly (readonly string[])[] | null | undefined;
  readonly [option: string]: unknown;
}

/** What a new user may be given; what the API does not know is kept too. */
export interface UserCreate {
  readonly name: string;
  /** Default: the token's domain. */
  readonly domain_id?: string | undefined;
  readonly password?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly options?: UserOptions | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a user. A `password` here is an administrator's, and ends the user's tokens. */
export type UserUpdate = Partial<UserCreate>;

/** Which users to list. */
export interface UserQuery extends Inexact<"name"> {
  readonly domain_id?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  /** A comparison, as in `"lt:2027-01-01T00:00:00Z"`. */
  readonly password_expires_at?: string | undefined;
  readonly idp_id?: string | undefined;
  readonly protocol_id?: string | undefined;
  readonly unique_id?: string | undefined;
  /** Records a page. Default 500. */
  readonly limit?: number | undefined;
}

/**
 * Lists users.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-users
 * @example
 * for await (const { name } of users.list(session, { name__startswith: "de" })) console.log(name);
 */
export function list(session: Session, query?: UserQuery, options?: CallOptions): Listing<User> {
  return listing(session, { ...userKind, pages: true }, path`users`, query, options);
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
  nameOrId: string,
  { domain, signal }: FindOptions = {},
): Promise<User> {
  return findOne(
    "user",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name, domain_id: domain }, { signal }),
    domain,
  );
}

/**
 * Creates a user.
 *
 * @throws {ConflictError} if the domain has one of that name.
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
 * @throws {NotFoundError} if there is none.
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
  options?: CallOptions,
): Promise<User> {
  return save(session, "patch", userKind, path`users/${id}`, changes, options);
}

/**
 * Changes one's own password, for which the old one is enough: it works without a token, also after
 * the password has expired. All tokens of the user end with it, so log in anew, a second later:
 * Keystone counts whole seconds, and takes a token of the same one for an old one.
 *
 * @throws {UnauthorizedError} if the original password is wrong.
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
  { signal }: CallOptions = {},
): Promise<void> {
  const { base, client } = anonymous(session);
  const { original_password, password } = given(user, "user");
  expectText(original_password, "user.original_password");
  expectText(password, "user.password");
  const address = `${await base()}/${path`users/${id}/password`}`;
  // Not tried twice: the second time the old password would be wrong.
  const parts = { json: { user }, signal: signal ?? null, ...once };
  await settle(await client.post(address, parts));
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
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`users/${id}`, options);
}

export { remove as delete };

/** Which of a user's projects to list. */
export interface UserProjectQuery extends Inexact<"name"> {
  readonly domain_id?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
}

/**
 * Lists the projects on which a user has a role, be it by a group. Everybody may see their own.
 *
 * @throws {OptionsError} at the call, for an empty id.
 * @throws {ForbiddenError} for another user's, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-projects-for-user
 * @example
 * const { user } = await session.token();
 * const mine = await users.projects(session, user.id, { enabled: true });
 * console.log(mine.map(({ name }) => name));
 */
export function projects(
  session: Session,
  id: string,
  query?: UserProjectQuery,
  options?: CallOptions,
): Listing<Project> {
  return listing(session, projectKind, path`users/${id}/projects`, query, options);
}

/** Which of a user's groups to list. */
export interface UserGroupQuery extends Inexact<"name"> {
  readonly name?: string | undefined;
}

/**
 * Lists the groups that a user is in. Everybody may see their own.
 *
 * @throws {OptionsError} at the call, for an empty id.
 * @throws {ForbiddenError} for another user's, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-groups-to-which-a-user-belongs
 * @example
 * const { user } = await session.token();
 * for await (const { name } of users.groups(session, user.id)) console.log(name);
 */
export function groups(
  session: Session,
  id: string,
  query?: UserGroupQuery,
  options?: CallOptions,
): Listing<Group> {
  return listing(session, groupKind, path`users/${id}/groups`, query, options);
}
