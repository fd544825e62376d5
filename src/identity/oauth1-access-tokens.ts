import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Role, roleKind } from "./records/role.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectObject } from "./shared/expect-object.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, holds, show } from "./shared/requests.ts";
import { id, maybe, text, time } from "./shared/shapes.ts";

/** An access token of OAuth 1, as the API has it: what a user lets a consumer do. */
export interface OAuth1AccessToken {
  readonly id: string;
  readonly consumer_id: string;
  readonly authorizing_user_id?: string | null | undefined;
  readonly project_id?: string | null | undefined;
  /** Null: never. */
  readonly expires_at?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A role that a user delegated to a consumer: ids. */
export interface OAuth1AccessTokenRole {
  readonly user: string;
  readonly accessToken: string;
  readonly role: string;
}

const kind: Kind<OAuth1AccessToken> = {
  one: "access_token",
  many: "access_tokens",
  schema: looseObject({
    id,
    consumer_id: text,
    authorizing_user_id: maybe(string()),
    project_id: maybe(string()),
    expires_at: time,
  }),
};

/**
 * Lists a user's access tokens: what the user lets consumers do.
 *
 * @throws {ForbiddenError} without a role for it, even for the token's own user.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-access-tokens
 * @example
 * const all = await oauth1AccessTokens.list(session, user);
 */
export function list(
  session: Session,
  user: string,
  options?: CallOptions,
): Listing<OAuth1AccessToken> {
  return listing(session, { kind, path: path`users/${user}/OS-OAUTH1/access_tokens`, options });
}

/**
 * Gets an access token of a user by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-access-token
 * @example
 * const { consumer_id, project_id } = await oauth1AccessTokens.get(session, user, id);
 */
export async function get(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<OAuth1AccessToken> {
  return show(session, kind, path`users/${user}/OS-OAUTH1/access_tokens/${id}`, options);
}

/**
 * Lists the roles that a consumer has by an access token.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-roles-for-an-access-token
 * @example
 * const names = (await oauth1AccessTokens.roles(session, user, id)).map(({ name }) => name);
 */
export function roles(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Listing<Role> {
  return listing(session, {
    kind: roleKind,
    path: path`users/${user}/OS-OAUTH1/access_tokens/${id}/roles`,
    options,
  });
}

/**
 * Whether a consumer has a role by an access token.
 *
 * @throws {ForbiddenError} without a role for it, even for the token's own user.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#show-role-details-for-an-access-token
 * @example
 * const lent = await oauth1AccessTokens.check(session, { user, accessToken, role });
 */
export async function check(
  session: Session,
  lent: OAuth1AccessTokenRole,
  options?: CallOptions,
): Promise<boolean> {
  const { user, accessToken, role } = expectObject(lent, "lent");
  return holds(
    session,
    path`users/${user}/OS-OAUTH1/access_tokens/${accessToken}/roles/${role}`,
    options,
  );
}

/**
 * Deletes an access token: the consumer may no longer act for the user, and its tokens end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#revoke-access-token
 * @example
 * await oauth1AccessTokens.delete(session, user, id);
 */
async function remove(
  session: Session,
  user: string,
  id: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`users/${user}/OS-OAUTH1/access_tokens/${id}`, options);
}

export { remove as delete };
