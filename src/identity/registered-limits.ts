import { looseObject, number, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, saveMany, show } from "./shared/requests.ts";
import { id, maybe, text } from "./shared/shapes.ts";

/** A registered limit, as the API has it: how much of something each project may have. */
export interface RegisteredLimit {
  readonly id: string;
  readonly service_id: string;
  /** What is limited, in the words of its service. */
  readonly resource_name: string;
  readonly default_limit?: number | null | undefined;
  /** Null: in every region. */
  readonly region_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new registered limit. */
export interface RegisteredLimitCreate {
  readonly service_id: string;
  readonly resource_name: string;
  readonly default_limit: number;
  readonly region_id?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** The attributes of a registered limit that can be changed. */
export interface RegisteredLimitUpdate {
  readonly service_id?: string | undefined;
  readonly resource_name?: string | undefined;
  readonly default_limit?: number | undefined;
  readonly region_id?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** Which registered limits to list. */
export interface RegisteredLimitQuery {
  readonly service_id?: string | undefined;
  readonly region_id?: string | undefined;
  readonly resource_name?: string | undefined;
}

const filters: Filters<RegisteredLimitQuery> = Object.freeze({
  service_id: "plain",
  region_id: "plain",
  resource_name: "plain",
});

const kind: Kind<RegisteredLimit> = {
  one: "registered_limit",
  many: "registered_limits",
  schema: looseObject({
    id,
    service_id: text,
    resource_name: text,
    default_limit: maybe(number()),
    region_id: maybe(string()),
    description: maybe(string()),
  }),
};

/**
 * Lists registered limits.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-registered-limits
 * @example
 * const all = await registeredLimits.list(session, { resource_name: "cores" });
 */
export function list(
  session: Session,
  query?: RegisteredLimitQuery,
  options?: CallOptions,
): Listing<RegisteredLimit> {
  return listing(session, { kind, path: path`registered_limits`, query, filters, options });
}

/**
 * Gets a registered limit by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-registered-limit-details
 * @example
 * const { resource_name, default_limit } = await registeredLimits.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<RegisteredLimit> {
  return show(session, kind, path`registered_limits/${id}`, options);
}

/**
 * Creates a registered limit.
 *
 * @throws {ConflictError} if there is one for that already.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-registered-limits
 * @example
 * const { id } = await registeredLimits.create(session, {
 *   service_id: service,
 *   resource_name: "snapshots",
 *   default_limit: 10,
 * });
 */
export async function create(
  session: Session,
  limit: RegisteredLimitCreate,
  options?: CallOptions,
): Promise<RegisteredLimit> {
  const [created] = await createMany(session, [limit], options);
  return created;
}

/**
 * Creates several registered limits: all of them or none.
 *
 * @throws {ConflictError} if there is one for that already.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-registered-limits
 * @example
 * const [cores, servers] = await registeredLimits.createMany(session, [
 *   { service_id: service, resource_name: "cores", default_limit: 20 },
 *   { service_id: service, resource_name: "servers", default_limit: 10 },
 * ]);
 */
export async function createMany(
  session: Session,
  limits: readonly [RegisteredLimitCreate, ...RegisteredLimitCreate[]],
  options?: CallOptions,
): Promise<[RegisteredLimit, ...RegisteredLimit[]]> {
  return saveMany(session, kind, path`registered_limits`, limits, options);
}

/**
 * Changes attributes of a registered limit, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} while limits of projects refer to it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-registered-limit
 * @example
 * await registeredLimits.update(session, id, { default_limit: 40 });
 */
export async function update(
  session: Session,
  id: string,
  changes: RegisteredLimitUpdate,
  options?: CallOptions,
): Promise<RegisteredLimit> {
  return save(session, "patch", kind, path`registered_limits/${id}`, changes, options);
}

/**
 * Deletes a registered limit.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} while limits of projects refer to it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-registered-limit
 * @example
 * await registeredLimits.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`registered_limits/${id}`, options);
}

export { remove as delete };
