import { boolean, looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Inexact } from "./query.ts";
import { act, type Kind, save, show } from "./request.ts";

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

/** What a new service may be given; what the API does not know is kept too. */
export interface ServiceCreate {
  readonly type: string;
  readonly name?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a service. */
export type ServiceUpdate = Partial<ServiceCreate>;

/** Which services to list. */
export interface ServiceQuery extends Inexact<"name" | "type"> {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

const kind: Kind<Service> = {
  one: "service",
  many: "services",
  schema: looseObject({
    id: string(),
    type: string(),
    name: nullish(string()),
    enabled: nullish(boolean()),
    description: nullish(string()),
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
  return listing(session, kind, path`services`, query, options);
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
  nameOrId: string,
  { signal }: CallOptions = {},
): Promise<Service> {
  return findOne(
    "service",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name }, { signal }),
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
 * Deletes a service. Its endpoints go with it.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-service-admin-operation
 * @example
 * await services.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`services/${id}`, options);
}

export { remove as delete };
