import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, show } from "./request.ts";

/** A region, as the API has it. Its id is its name. */
export interface Region {
  readonly id: string;
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What a new region may be given; what the API does not know is kept too. */
export interface RegionCreate {
  /** Any text without a slash. Default: one that the server makes up. */
  readonly id?: string | undefined;
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a region. */
export interface RegionUpdate {
  readonly description?: string | null | undefined;
  readonly parent_region_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** Which regions to list. */
export interface RegionQuery {
  readonly parent_region_id?: string | undefined;
}

const kind: Kind<Region> = {
  one: "region",
  many: "regions",
  schema: looseObject({
    id: string(),
    description: nullish(string()),
    parent_region_id: nullish(string()),
  }),
};

/**
 * Lists regions.
 *
 * @throws {UnauthorizedError} without a token; any is good enough.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-regions
 * @example
 * const ids = (await regions.list(session)).map(({ id }) => id);
 */
export function list(
  session: Session,
  query?: RegionQuery,
  options?: CallOptions,
): Listing<Region> {
  return listing(session, kind, path`regions`, query, options);
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
 * @throws {ConflictError} if there is one of that id.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-region
 * @example
 * await regions.create(session, { id: "north", description: "Where it is cold" });
 */
export async function create(
  session: Session,
  region: RegionCreate,
  options?: CallOptions,
): Promise<Region> {
  const { id } = given(region, "region");
  // POST would take an id that no path can hold, and nobody could delete.
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
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`regions/${id}`, options);
}

export { remove as delete };
