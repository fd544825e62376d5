import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, saveAs, show } from "./shared/requests.ts";
import { id, maybe } from "./shared/shapes.ts";

/** A protocol of an identity provider, as the API has it. */
export interface Protocol {
  readonly id: string;
  readonly mapping_id?: string | null | undefined;
  readonly remote_id_attribute?: string | null | undefined;
  /** Only in lists. */
  readonly idp_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new protocol. */
export interface ProtocolCreate {
  readonly id: string;
  /** The mapping that turns those who log in by this protocol into users. */
  readonly mapping_id: string;
  readonly remote_id_attribute?: string | undefined;
}

/** The attributes of a protocol that can be changed. */
export type ProtocolUpdate = Partial<Omit<ProtocolCreate, "id">>;

const kind: Kind<Protocol> = {
  one: "protocol",
  many: "protocols",
  schema: looseObject({
    id,
    mapping_id: maybe(string()),
    remote_id_attribute: maybe(string()),
    idp_id: maybe(string()),
  }),
};

/**
 * Lists the protocols of an identity provider.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-all-protocol-and-attribute-mappings-of-an-identity-provider
 * @example
 * const ids = (await protocols.list(session, identityProvider)).map(({ id }) => id);
 */
export function list(
  session: Session,
  identityProvider: string,
  options?: CallOptions,
): Listing<Protocol> {
  return listing(session, {
    kind,
    path: path`OS-FEDERATION/identity_providers/${identityProvider}/protocols`,
    options,
  });
}

/**
 * Gets a protocol by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-a-protocol-and-attribute-mapping-for-an-identity-provider
 * @example
 * const { mapping_id } = await protocols.get(session, identityProvider, id);
 */
export async function get(
  session: Session,
  identityProvider: string,
  id: string,
  options?: CallOptions,
): Promise<Protocol> {
  return show(
    session,
    kind,
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols/${id}`,
    options,
  );
}

/**
 * Adds a protocol to an identity provider, under an id such as `"openid"` or `"saml2"`.
 *
 * @throws {ConflictError} if it already has one with that id.
 * @throws {NotFoundError} if there is no such identity provider.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#add-a-protocol-and-attribute-mapping-to-an-identity-provider
 * @example
 * await protocols.create(session, identityProvider, { id: "openid", mapping_id: mapping });
 */
export async function create(
  session: Session,
  identityProvider: string,
  protocol: ProtocolCreate,
  options?: CallOptions,
): Promise<Protocol> {
  return saveAs(
    session,
    kind,
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols`,
    protocol,
    options,
  );
}

/**
 * Changes attributes of a protocol, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-the-attribute-mapping-for-an-identity-provider-and-protocol
 * @example
 * await protocols.update(session, identityProvider, id, { mapping_id: mapping });
 */
export async function update(
  session: Session,
  identityProvider: string,
  id: string,
  changes: ProtocolUpdate,
  options?: CallOptions,
): Promise<Protocol> {
  return save(
    session,
    "patch",
    kind,
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols/${id}`,
    changes,
    options,
  );
}

/**
 * Deletes a protocol.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-a-protocol-and-attribute-mapping-from-an-identity-provider
 * @example
 * await protocols.delete(session, identityProvider, id);
 */
async function remove(
  session: Session,
  identityProvider: string,
  id: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(
    session,
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols/${id}`,
    options,
  );
}

export { remove as delete };
