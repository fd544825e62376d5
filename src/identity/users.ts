import { boolean, looseObject, nullish, string } from "valibot";
import { anonymous } from "../session/anonymous.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { type FindOptions, find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Inexact } from "./query.ts";
import { act, type Kind, save, show } from "./request.ts";

/** A user, as the API has it. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly domain_id: string;
  readonly enabled: boolean;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** UTC, although it has no zone; null: never. */
  readonly password_expires_at?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What a new user may be given; what the API does not know is kept too. */
export interface UserCreate {
  readonly name: string;
  /** Default: the token's domain. */
  readonly domain_id?: string | undefined;
  readonly password?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly default_project_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
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

const kind: Kind<User> = {
  one: "user",
  many: "users",
  schema: looseObject({
    id: string(),
    name: string(),
    domain_id: string(),
    enabled: boolean(),
    default_project_id: nullish(string()),
    description: nullish(string()),
    email: nullish(string()),
    password_expires_at: nullish(string()),
  }),
  pages: true,
};

/**
 * Lists users.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-users
 * @example
 * for await (const { name } of users.list(session, { name__startswith: "de" })) console.log(name);
 */
export function list(session: Session, query?: UserQuery, options?: CallOptions): Listing<User> {
  return listing(session, kind, path`users`, query, options);
}

/**
 * Gets a user by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-user-details
 * @example
 * const { name, enabled } = await users.get(session, token.user.id);
 */
export function get(session: Session, id: string, options?: CallOptions): Promise<User> {
  return show(session, kind, path`users/${id}`, options);
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
export function find(
  session: Session,
  nameOrId: string,
  { domain, signal }: FindOptions = {},
): Promise<User> {
  return findOne(
    "user",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name, domain_id: domain }, { signal }),
  );
}

/**
 * Creates a user.
 *
 * @throws {ConflictError} if the domain has one of that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-user
 * @example
 * const { id } = await users.create(session, { name: "robot", domain_id: "default" });
 */
export function create(session: Session, user: UserCreate, options?: CallOptions): Promise<User> {
  return save(session, "post", kind, path`users`, user, options);
}

/**
 * Changes attributes of a user, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-user
 * @example
 * await users.update(session, id, { enabled: false });
 */
export function update(
  session: Session,
  id: string,
  changes: UserUpdate,
  options?: CallOptions,
): Promise<User> {
  return save(session, "patch", kind, path`users/${id}`, changes, options);
}

/**
 * Changes one's own password, for which the old one is enough: it works without a token, also after
 * the password has expired. All tokens of the user end with it, so log in anew.
 *
 * @throws {UnauthorizedError} if the original password is wrong.
 * @see https://docs.openstack.org/api-ref/identity/v3/#change-password-for-user
 * @example
 * await users.changePassword(session, id, { original_password: "old-one", password: "new-one" });
 */
export async function changePassword(
  session: Session,
  id: string,
  user: { readonly original_password: string; readonly password: string },
  { signal }: CallOptions = {},
): Promise<void> {
  const { base, client } = anonymous(session);
  // Not tried twice: the second time the old password would be wrong.
  const once = { retry: 0, signal: signal ?? null };
  await client.post(`${await base()}/${path`users/${id}/password`}`, { json: { user }, ...once });
}

/**
 * Deletes a user.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-user
 * @example
 * await users.delete(session, id);
 */
function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`users/${id}`, options);
}

export { remove as delete };
