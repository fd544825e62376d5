import { looseObject, number, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference, Reference } from "./shared/reference.ts";
import { erase, save, saveMany, show } from "./shared/requests.ts";
import { id, maybe, text } from "./shared/shapes.ts";

/** A limit, as the API has it: how much of something one project or domain may have. */
export interface Limit {
  readonly id: string;
  readonly resource_name: string;
  readonly resource_limit?: number | null | undefined;
  readonly service_id?: string | null | undefined;
  readonly region_id?: string | null | undefined;
  readonly project_id?: string | null | undefined;
  /** Instead of `project_id`. */
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new limit. */
export interface LimitCreate {
  /** There has to be a registered limit with this service, region and name. */
  readonly service_id: string;
  readonly resource_name: string;
  readonly resource_limit: number;
  readonly region_id?: string | null | undefined;
  /** Default: the domain. */
  readonly project_id?: string | null | undefined;
  readonly domain_id?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** The attributes of a limit that can be changed. */
export interface LimitUpdate {
  readonly resource_limit?: number | undefined;
  readonly description?: string | null | undefined;
}

/** Which limits to list. */
export interface LimitQuery {
  readonly service_id?: string | undefined;
  readonly region_id?: string | undefined;
  readonly resource_name?: string | undefined;
  readonly project_id?: Reference | undefined;
  readonly domain_id?: DomainReference | undefined;
}

const filters: Filters<LimitQuery> = Object.freeze({
  service_id: "plain",
  region_id: "plain",
  resource_name: "plain",
  project_id: "project",
  domain_id: "domain",
});

/** How the limits of a project and of those below it relate. */
export interface LimitModel {
  /** `"flat"` or `"strict_two_level"`. */
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

const kind: Kind<Limit> = {
  one: "limit",
  many: "limits",
  schema: looseObject({
    id,
    resource_name: text,
    resource_limit: maybe(number()),
    service_id: maybe(string()),
    region_id: maybe(string()),
    project_id: maybe(string()),
    domain_id: maybe(string()),
    description: maybe(string()),
  }),
};

const modelKind = {
  one: "model",
  schema: looseObject({ name: text, description: maybe(string()) }),
};

/**
 * Lists limits: those of the token's own scope, or all of them for a token with the scope
 * `{ system: "all" }`.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-limits
 * @example
 * const all = await limits.list(session, { project_id: project });
 */
export function list(session: Session, query?: LimitQuery, options?: CallOptions): Listing<Limit> {
  return listing(session, { kind, path: path`limits`, query, filters, options });
}

/**
 * Gets a limit by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-limit-details
 * @example
 * const { resource_name, resource_limit } = await limits.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Limit> {
  return show(session, kind, path`limits/${id}`, options);
}

/**
 * Creates a limit.
 *
 * @throws {ConflictError} if there is one for that already.
 * @throws {ForbiddenError} if there is no registered limit for it, or the enforcement model forbids
 * it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-limits
 * @example
 * const { id } = await limits.create(session, {
 *   service_id: service,
 *   resource_name: "cores",
 *   project_id: project,
 *   resource_limit: 40,
 * });
 */
export async function create(
  session: Session,
  limit: LimitCreate,
  options?: CallOptions,
): Promise<Limit> {
  const [created] = await createMany(session, [limit], options);
  return created;
}

/**
 * Creates several limits: all of them or none.
 *
 * @throws {ConflictError} if there is one for that already.
 * @throws {ForbiddenError} if there is no registered limit for it, or the enforcement model forbids
 * it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-limits
 * @example
 * const made = await limits.createMany(session, [
 *   { service_id: service, resource_name: "cores", project_id: project, resource_limit: 40 },
 * ]);
 */
export async function createMany(
  session: Session,
  limits: readonly [LimitCreate, ...LimitCreate[]],
  options?: CallOptions,
): Promise<[Limit, ...Limit[]]> {
  return saveMany(session, kind, path`limits`, limits, options);
}

/**
 * Changes attributes of a limit, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-limit
 * @example
 * await limits.update(session, id, { resource_limit: 80 });
 */
export async function update(
  session: Session,
  id: string,
  changes: LimitUpdate,
  options?: CallOptions,
): Promise<Limit> {
  return save(session, "patch", kind, path`limits/${id}`, changes, options);
}

/**
 * Deletes a limit.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-limit
 * @example
 * await limits.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`limits/${id}`, options);
}

/**
 * Gets the enforcement model of this cloud.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-enforcement-model
 * @example
 * const { name } = await limits.model(session);
 */
export async function model(session: Session, options?: CallOptions): Promise<LimitModel> {
  return show(session, modelKind, path`limits/model`, options);
}

export { remove as delete };
