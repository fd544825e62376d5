import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, holds, type Kind, show } from "./request.ts";
import { type Role, roleKind } from "./role.ts";

/** An access token of OAuth 1, as the API has it: what a user lets a consumer do. */
export interface AccessToken {
  readonly id: string;
  readonly consumer_id: string;
  readonly authorizing_user_id?: string | null | undefined;
  readonly project_id?: string | null | undefined;
  /** Null: never. */
  readonly expires_at?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A role that a user lent to a consumer: ids. */
export interface AccessTokenRole {
  readonly user: string;
  readonly accessToken: string;
  readonly role: string;
}

const kind: Kind<AccessToken> = {
  one: "access_token",
  many: "access_tokens",
  schema: looseObject({
    id: string(),
    consumer_id: string(),
    authorizing_user_id: nullish(string()),
    project_id: nullish(string()),
    expires_at: nullish(string()),
  }),
};

/**
 * Lists what a user lets consumers do.
 *
 * @throws {ForbiddenError} without a role for it; that it is oneself is not enough.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-access-tokens
 * @example
 * const all = await accessTokens.list(session, user);
 */
export function list(session: Session, user: string, options?: CallOptions): Listing<AccessToken> {
  return listing(session, kind, path`users/${user}/OS-OAUTH1/access_tokens`, {}, options);
}

/**
 * Gets an access token of a user by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-access-token
 * @example
 * const { consumer_id, project_id } = await accessTokens.get(session, user, id);
 */
export async function get(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<AccessToken> {
  return show(session, kind, path`users/${user}/OS-OAUTH1/access_tokens/${id}`, options);
}

/**
 * Lists the roles that a consumer has by an access token.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-roles-for-an-access-token
 * @example
 * const names = (await accessTokens.roles(session, user, id)).map(({ name }) => name);
 */
export function roles(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Listing<Role> {
  return listing(
    session,
    roleKind,
    path`users/${user}/OS-OAUTH1/access_tokens/${id}/roles`,
    {},
    options,
  );
}

/**
 * Whether a consumer has a role by an access token.
 *
 * @throws {ForbiddenError} without a role for it; that it is oneself is not enough.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#show-role-details-for-an-access-token
 * @example
 * const lent = await accessTokens.check(session, { user, accessToken, role });
 */
export async function check(
  session: Session,
  lent: AccessTokenRole,
  options?: CallOptions,
): Promise<boolean> {
  const { user, accessToken, role } = given(lent, "lent");
  return holds(
    session,
    path`users/${user}/OS-OAUTH1/access_tokens/${accessToken}/roles/${role}`,
    options,
  );
}

/**
 * Takes back what a user let a consumer do. Its tokens end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#revoke-access-token
 * @example
 * await accessTokens.delete(session, user, id);
 */
async function remove(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, "delete", path`users/${user}/OS-OAUTH1/access_tokens/${id}`, options);
}

export { remove as delete };
