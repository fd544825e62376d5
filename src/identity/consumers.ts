import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, show } from "./request.ts";

/** A consumer, as the API has it: a program that users may let act for them by OAuth 1. */
export interface Consumer {
  readonly id: string;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A new consumer. Its secret is told this once, and never again. */
export interface ConsumerCreated extends Consumer {
  readonly secret: string;
}

/** What a new consumer may be given; what the API does not know is kept too. */
export interface ConsumerCreate {
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a consumer. */
export type ConsumerUpdate = ConsumerCreate;

const entries = { id: string(), description: nullish(string()) };

const kind: Kind<Consumer> = {
  one: "consumer",
  many: "consumers",
  schema: looseObject(entries),
};

const created = { one: kind.one, schema: looseObject({ ...entries, secret: string() }) };

/**
 * Lists consumers.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-consumers
 * @example
 * for (const { id, description } of await consumers.list(session)) console.log(id, description);
 */
export function list(session: Session, options?: CallOptions): Listing<Consumer> {
  return listing(session, kind, path`OS-OAUTH1/consumers`, {}, options);
}

/**
 * Gets a consumer by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#show-consumer-details
 * @example
 * const { description } = await consumers.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Consumer> {
  return show(session, kind, path`OS-OAUTH1/consumers/${id}`, options);
}

/**
 * Creates a consumer. Its secret is in this answer and never again.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-consumer
 * @example
 * const { id, secret } = await consumers.create(session, { description: "A report" });
 */
export async function create(
  session: Session,
  consumer: ConsumerCreate,
  options?: CallOptions,
): Promise<ConsumerCreated> {
  return save(session, "post", created, path`OS-OAUTH1/consumers`, consumer, options);
}

/**
 * Changes the description of a consumer.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-consumer
 * @example
 * await consumers.update(session, id, { description: "Another report" });
 */
export async function update(
  session: Session,
  id: string,
  changes: ConsumerUpdate,
  options?: CallOptions,
): Promise<Consumer> {
  return save(session, "patch", kind, path`OS-OAUTH1/consumers/${id}`, changes, options);
}

/**
 * Deletes a consumer. All that users let it do ends at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-consumer
 * @example
 * await consumers.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`OS-OAUTH1/consumers/${id}`, options);
}

export { remove as delete };
