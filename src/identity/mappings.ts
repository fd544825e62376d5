import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, saveAs, show } from "./shared/requests.ts";
import { id, listOf, maybe } from "./shared/shapes.ts";

/** A mapping, as the API has it: how a user is made from what an identity provider says. */
export interface Mapping {
  readonly id: string;
  readonly rules: readonly MappingRule[];
  readonly schema_version?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A rule of a mapping: what has to be there, and what is made from it. */
export interface MappingRule {
  readonly local: readonly Readonly<Record<string, unknown>>[];
  readonly remote: readonly Readonly<Record<string, unknown>>[];
}

/** The attributes of a new mapping. */
export interface MappingCreate {
  /** Any string that fits into a path segment. */
  readonly id: string;
  readonly rules: readonly MappingRule[];
  /** For Keystone 2024.1 and newer. */
  readonly schema_version?: string | undefined;
}

/** The attributes of a mapping that can be changed: the server accepts only the rules as a whole. */
export type MappingUpdate = Omit<MappingCreate, "id">;

const rule = looseObject({ local: listOf(looseObject({})), remote: listOf(looseObject({})) });

const kind: Kind<Mapping> = {
  one: "mapping",
  many: "mappings",
  schema: looseObject({
    id,
    rules: listOf(rule),
    schema_version: maybe(string()),
  }),
};

/**
 * Lists mappings.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-all-mappings
 * @example
 * const ids = (await mappings.list(session)).map(({ id }) => id);
 */
export function list(session: Session, options?: CallOptions): Listing<Mapping> {
  return listing(session, { kind, path: path`OS-FEDERATION/mappings`, options });
}

/**
 * Gets a mapping by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-a-mapping
 * @example
 * const { rules } = await mappings.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Mapping> {
  return show(session, kind, path`OS-FEDERATION/mappings/${id}`, options);
}

/**
 * Creates a mapping under an id of your choice.
 *
 * @throws {ConflictError} if there is already one with that id.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-a-mapping
 * @example
 * await mappings.create(session, {
 *   id: "university",
 *   rules: [{ local: [{ user: { name: "{0}" } }], remote: [{ type: "OIDC-preferred_username" }] }],
 * });
 */
export async function create(
  session: Session,
  mapping: MappingCreate,
  options?: CallOptions,
): Promise<Mapping> {
  return saveAs(session, kind, path`OS-FEDERATION/mappings`, mapping, options);
}

/**
 * Changes attributes of a mapping, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-a-mapping
 * @example
 * await mappings.update(session, id, {
 *   rules: [{ local: [{ user: { name: "{0}" } }], remote: [{ type: "REMOTE_USER" }] }],
 * });
 */
export async function update(
  session: Session,
  id: string,
  changes: MappingUpdate,
  options?: CallOptions,
): Promise<Mapping> {
  return save(session, "patch", kind, path`OS-FEDERATION/mappings/${id}`, changes, options);
}

/**
 * Deletes a mapping.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-a-mapping
 * @example
 * await mappings.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-FEDERATION/mappings/${id}`, options);
}

export { remove as delete };
