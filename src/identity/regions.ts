import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectObject } from "./shared/expect-object.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";
import { id, maybe } from "./shared/shapes.ts";

/** A region, as the API has it. Its id is its name. */
export interface Region {
  readonly id: string;
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new region; unknown ones are kept, too. */
export type RegionCreate = Open<{
  /** Any string without a slash. Default: the server generates one. */
  readonly id?: string | undefined;
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
}>;

/** The attributes of a region that can be changed. */
export type RegionUpdate = Open<{
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
}>;

/** Which regions to list. */
export interface RegionQuery {
  readonly parent_region_id?: string | undefined;
}

const filters: Filters<RegionQuery> = Object.freeze({ parent_region_id: "plain" });

const kind: Kind<Region> = {
  one: "region",
  many: "regions",
  schema: looseObject({
    id,
    description: maybe(string()),
    parent_region_id: maybe(string()),
  }),
};

/**
 * Lists regions.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-regions
 * @example
 * const ids = (await regions.list(session)).map(({ id }) => id);
 */
export function list(
  session: Session,
  query?: RegionQuery,
  options?: CallOptions,
): Listing<Region> {
  return listing(session, { kind, path: path`regions`, query, filters, options });
}

/**
 * Gets a region by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-region-details
 * @example
 * const region = await regions.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Region> {
  return show(session, kind, path`regions/${id}`, options);
}

/**
 * Creates a region.
 *
 * @throws {ConflictError} if there is already one with that id.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-region
 * @example
 * await regions.create(session, { id: "north", description: "Where it is cold" });
 */
export async function create(
  session: Session,
  region: RegionCreate,
  options?: CallOptions,
): Promise<Region> {
  const { id } = expectObject(region, "region");
  // POST would accept an id that no path can hold, so that nobody could delete the region.
  return id === undefined
    ? save(session, "post", kind, path`regions`, region, options)
    : save(session, "put", kind, path`regions/${id}`, region, options);
}

/**
 * Changes attributes of a region, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-region
 * @example
 * await regions.update(session, id, { description: "Where it is cold" });
 */
export async function update(
  session: Session,
  id: string,
  changes: RegionUpdate,
  options?: CallOptions,
): Promise<Region> {
  return save(session, "patch", kind, path`regions/${id}`, changes, options);
}

/**
 * Deletes a region.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} while endpoints are in it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-region
 * @example
 * await regions.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`regions/${id}`, options);
}

export { remove as delete };
