import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, saveAs, show } from "./shared/requests.ts";
import { id, maybe, maybeFlag, text } from "./shared/shapes.ts";

/** A service provider, as the API has it: another cloud that takes this one's users. */
export interface ServiceProvider {
  readonly id: string;
  readonly auth_url: string;
  readonly sp_url: string;
  /** Enabled ones are in every token. */
  readonly enabled?: boolean | null | undefined;
  readonly description?: string | null | undefined;
  readonly relay_state_prefix?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new service provider. */
export interface ServiceProviderCreate {
  /** Any string that fits into a path segment. */
  readonly id: string;
  readonly auth_url: string;
  readonly sp_url: string;
  /** Default: false. */
  readonly enabled?: boolean | undefined;
  readonly description?: string | null | undefined;
  /** Default: `"ss:mem:"`. */
  readonly relay_state_prefix?: string | undefined;
}

/** The attributes of a service provider that can be changed. */
export type ServiceProviderUpdate = Partial<Omit<ServiceProviderCreate, "id">>;

/** Which service providers to list. */
export interface ServiceProviderQuery {
  readonly id?: string | undefined;
  readonly enabled?: boolean | undefined;
}

const filters: Filters<ServiceProviderQuery> = Object.freeze({ id: "plain", enabled: "plain" });

const kind: Kind<ServiceProvider> = {
  one: "service_provider",
  many: "service_providers",
  schema: looseObject({
    id,
    auth_url: text,
    sp_url: text,
    enabled: maybeFlag,
    description: maybe(string()),
    relay_state_prefix: maybe(string()),
  }),
};

/**
 * Lists service providers.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-service-providers
 * @example
 * for (const { id, sp_url } of await serviceProviders.list(session)) console.log(id, sp_url);
 */
export function list(
  session: Session,
  query?: ServiceProviderQuery,
  options?: CallOptions,
): Listing<ServiceProvider> {
  return listing(session, {
    kind,
    path: path`OS-FEDERATION/service_providers`,
    query,
    filters,
    options,
  });
}

/**
 * Gets a service provider by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-service-provider
 * @example
 * const { auth_url } = await serviceProviders.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<ServiceProvider> {
  return show(session, kind, path`OS-FEDERATION/service_providers/${id}`, options);
}

/**
 * Creates a service provider under an id of your choice.
 *
 * @throws {ConflictError} if there is already one with that id.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#register-a-service-provider
 * @example
 * await serviceProviders.create(session, {
 *   id: "partner",
 *   auth_url: "https://partner.example/v3/OS-FEDERATION/identity_providers/us/protocols/saml2/auth",
 *   sp_url: "https://partner.example/Shibboleth.sso/SAML2/ECP",
 *   enabled: false,
 * });
 */
export async function create(
  session: Session,
  serviceProvider: ServiceProviderCreate,
  options?: CallOptions,
): Promise<ServiceProvider> {
  return saveAs(session, kind, path`OS-FEDERATION/service_providers`, serviceProvider, options);
}

/**
 * Changes attributes of a service provider, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-service-provider
 * @example
 * await serviceProviders.update(session, id, { description: "A cloud next door" });
 */
export async function update(
  session: Session,
  id: string,
  changes: ServiceProviderUpdate,
  options?: CallOptions,
): Promise<ServiceProvider> {
  return save(
    session,
    "patch",
    kind,
    path`OS-FEDERATION/service_providers/${id}`,
    changes,
    options,
  );
}

/**
 * Deletes a service provider.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-service-provider
 * @example
 * await serviceProviders.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-FEDERATION/service_providers/${id}`, options);
}

export { remove as delete };
