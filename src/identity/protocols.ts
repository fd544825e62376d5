import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, saveAs, show } from "./request.ts";

/** A protocol by which an identity provider is spoken with, as the API has it. */
export interface Protocol {
  readonly id: string;
  readonly mapping_id?: string | null | undefined;
  readonly remote_id_attribute?: string | null | undefined;
  /** In lists alone. */
  readonly idp_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What a new protocol may be given. */
export interface ProtocolCreate {
  readonly id: string;
  /** What makes users of those who come by it. */
  readonly mapping_id: string;
  readonly remote_id_attribute?: string | undefined;
}

/** What may be changed of a protocol. */
export type ProtocolUpdate = Partial<Omit<ProtocolCreate, "id">>;

const kind: Kind<Protocol> = {
  one: "protocol",
  many: "protocols",
  schema: looseObject({
    id: string(),
    mapping_id: nullish(string()),
    remote_id_attribute: nullish(string()),
    idp_id: nullish(string()),
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
  return listing(
    session,
    kind,
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols`,
    {},
    options,
  );
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
 * @throws {ConflictError} if it has one of that id.
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
  options?: CallOptions,
): Promise<void> {
  return act(
    session,
    "delete",
    path`OS-FEDERATION/identity_providers/${identityProvider}/protocols/${id}`,
    options,
  );
}

export { remove as delete };
