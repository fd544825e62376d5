import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact } from "./shared/filters.ts";
import { find as findOne, type Wanted } from "./shared/find.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";
import { id, maybe, maybeFlag, text } from "./shared/shapes.ts";

/** A service, as the API has it. */
export interface Service {
  readonly id: string;
  readonly type: string;
  /** May be empty. */
  readonly name?: string | null | undefined;
  /** A disabled one is in no catalog. */
  readonly enabled?: boolean | null | undefined;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new service; unknown ones are kept, too. */
export type ServiceCreate = Open<{
  readonly type: string;
  readonly name?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | null | undefined;
  readonly description?: string | null | undefined;
}>;

/** The attributes of a service that can be changed. */
export type ServiceUpdate = Partial<ServiceCreate>;

/** Which services to list. */
export interface ServiceQuery extends Inexact<"name" | "type"> {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

const filters: Filters<ServiceQuery> = Object.freeze({ name: "inexact", type: "inexact" });

const kind: Kind<Service> = {
  one: "service",
  many: "services",
  schema: looseObject({
    id,
    type: text,
    name: maybe(string()),
    enabled: maybeFlag,
    description: maybe(string()),
  }),
};

/**
 * Lists services.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-services
 * @example
 * for await (const { type, name } of services.list(session)) console.log(type, name);
 */
export function list(
  session: Session,
  query?: ServiceQuery,
  options?: CallOptions,
): Listing<Service> {
  return listing(session, { kind, path: path`services`, query, filters, options });
}

/**
 * Gets a service by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-service-details
 * @example
 * const service = await services.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Service> {
  return show(session, kind, path`services/${id}`, options);
}

/**
 * Finds a service by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @throws {ConflictError} if several have that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-services
 * @example
 * const { id, type } = await services.find(session, "nova");
 */
export async function find(
  session: Session,
  nameOrId: Wanted,
  options?: CallOptions,
): Promise<Service> {
  return findOne(
    session,
    {
      what: "service",
      get: (id, options) => get(session, id, options),
      named: (name, options) => list(session, { name }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a service.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-service-admin-operation
 * @example
 * const { id } = await services.create(session, { type: "backup", name: "freezer", enabled: false });
 */
export async function create(
  session: Session,
  service: ServiceCreate,
  options?: CallOptions,
): Promise<Service> {
  return save(session, "post", kind, path`services`, service, options);
}

/**
 * Changes attributes of a service, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-service
 * @example
 * await services.update(session, id, { description: "Backups of everything" });
 */
export async function update(
  session: Session,
  id: string,
  changes: ServiceUpdate,
  options?: CallOptions,
): Promise<Service> {
  return save(session, "patch", kind, path`services/${id}`, changes, options);
}

/**
 * Deletes a service, and its endpoints with it.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-service-admin-operation
 * @example
 * await services.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`services/${id}`, options);
}

export { remove as delete };
