import { looseObject, number, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, saveAs, show } from "./shared/requests.ts";
import { id, maybe, maybeFlag, maybeListOf } from "./shared/shapes.ts";

/** An identity provider, as the API has it: who vouches for users that Keystone does not know. */
export interface IdentityProvider {
  readonly id: string;
  /** The domain that its users are in. */
  readonly domain_id?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
  /** The names by which it identifies itself. */
  readonly remote_ids?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  /** Minutes for which roles that come from a group stay valid; null: as the operator chose. */
  readonly authorization_ttl?: number | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new identity provider. */
export interface IdentityProviderCreate {
  /** Any string that fits into a path segment. */
  readonly id: string;
  /** Default: a new domain. It cannot be changed afterwards. */
  readonly domain_id?: string | null | undefined;
  /** Default: false. */
  readonly enabled?: boolean | undefined;
  readonly remote_ids?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly authorization_ttl?: number | null | undefined;
}

/** The attributes of an identity provider that can be changed. */
export type IdentityProviderUpdate = Partial<Omit<IdentityProviderCreate, "id" | "domain_id">>;

/** Which identity providers to list. */
export interface IdentityProviderQuery {
  readonly id?: string | undefined;
  readonly enabled?: boolean | undefined;
}

const filters: Filters<IdentityProviderQuery> = Object.freeze({ id: "plain", enabled: "plain" });

const kind: Kind<IdentityProvider> = {
  one: "identity_provider",
  many: "identity_providers",
  schema: looseObject({
    id,
    domain_id: maybe(string()),
    enabled: maybeFlag,
    remote_ids: maybeListOf(string()),
    description: maybe(string()),
    authorization_ttl: maybe(number()),
  }),
};

/**
 * Lists identity providers.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-identity-providers
 * @example
 * for (const { id, enabled } of await identityProviders.list(session)) console.log(id, enabled);
 */
export function list(
  session: Session,
  query?: IdentityProviderQuery,
  options?: CallOptions,
): Listing<IdentityProvider> {
  return listing(session, {
    kind,
    path: path`OS-FEDERATION/identity_providers`,
    query,
    filters,
    options,
  });
}

/**
 * Gets an identity provider by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-identity-provider
 * @example
 * const { remote_ids } = await identityProviders.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<IdentityProvider> {
  return show(session, kind, path`OS-FEDERATION/identity_providers/${id}`, options);
}

/**
 * Creates an identity provider under an id of your choice.
 *
 * @throws {ConflictError} if there is already one with that id, or with such a remote id.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#register-an-identity-provider
 * @example
 * await identityProviders.create(session, {
 *   id: "university",
 *   remote_ids: ["https://idp.university.example"],
 *   enabled: false,
 * });
 */
export async function create(
  session: Session,
  identityProvider: IdentityProviderCreate,
  options?: CallOptions,
): Promise<IdentityProvider> {
  return saveAs(session, kind, path`OS-FEDERATION/identity_providers`, identityProvider, options);
}

/**
 * Changes attributes of an identity provider, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-identity-provider
 * @example
 * await identityProviders.update(session, id, { description: "Students and staff" });
 */
export async function update(
  session: Session,
  id: string,
  changes: IdentityProviderUpdate,
  options?: CallOptions,
): Promise<IdentityProvider> {
  return save(
    session,
    "patch",
    kind,
    path`OS-FEDERATION/identity_providers/${id}`,
    changes,
    options,
  );
}

/**
 * Deletes an identity provider. Tokens of its users end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-identity-provider
 * @example
 * await identityProviders.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-FEDERATION/identity_providers/${id}`, options);
}

export { remove as delete };
