import { array, looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, saveAs, show } from "./request.ts";

/** A mapping, as the API has it: how a user is made of what an identity provider says. */
export interface Mapping {
  readonly id: string;
  readonly rules: readonly MappingRule[];
  readonly schema_version?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A rule of a mapping: what has to be there, and what is made of it. */
export interface MappingRule {
  readonly local: readonly Readonly<Record<string, unknown>>[];
  readonly remote: readonly Readonly<Record<string, unknown>>[];
}

/** What a new mapping may be given. */
export interface MappingCreate {
  /** Any text that a path can hold. */
  readonly id: string;
  readonly rules: readonly MappingRule[];
  /** For Keystone 2024.1 and newer. */
  readonly schema_version?: string | undefined;
}

/** What may be changed of a mapping: the server takes the rules as a whole, and not without them. */
export type MappingUpdate = Omit<MappingCreate, "id">;

const rule = looseObject({ local: array(looseObject({})), remote: array(looseObject({})) });

const kind: Kind<Mapping> = {
  one: "mapping",
  many: "mappings",
  schema: looseObject({
    id: string(),
    rules: array(rule),
    schema_version: nullish(string()),
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
  return listing(session, kind, path`OS-FEDERATION/mappings`, {}, options);
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
 * @throws {ConflictError} if there is one of that id.
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
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`OS-FEDERATION/mappings/${id}`, options);
}

export { remove as delete };
