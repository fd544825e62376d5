import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";
import { id, maybe } from "./shared/shapes.ts";

/** A consumer, as the API has it: a program that users may let act for them by OAuth 1. */
export interface OAuth1Consumer {
  readonly id: string;
  readonly description?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A new consumer. Its secret is shown this once, and never again. */
export interface OAuth1ConsumerCreated extends OAuth1Consumer {
  readonly secret: string;
}

/** The attributes of a new consumer; unknown ones are kept, too. */
export type OAuth1ConsumerCreate = Open<{
  readonly description?: string | null | undefined;
}>;

/** The attributes of a consumer that can be changed. */
export type OAuth1ConsumerUpdate = OAuth1ConsumerCreate;

const entries = { id, description: maybe(string()) };

const kind: Kind<OAuth1Consumer> = {
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
 * for (const { id, description } of await oauth1Consumers.list(session)) console.log(id, description);
 */
export function list(session: Session, options?: CallOptions): Listing<OAuth1Consumer> {
  return listing(session, { kind, path: path`OS-OAUTH1/consumers`, options });
}

/**
 * Gets a consumer by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#show-consumer-details
 * @example
 * const { description } = await oauth1Consumers.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<OAuth1Consumer> {
  return show(session, kind, path`OS-OAUTH1/consumers/${id}`, options);
}

/**
 * Creates a consumer. This answer is the only one that has its secret.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-consumer
 * @example
 * const { id, secret } = await oauth1Consumers.create(session, { description: "A report" });
 */
export async function create(
  session: Session,
  consumer: OAuth1ConsumerCreate,
  options?: CallOptions,
): Promise<OAuth1ConsumerCreated> {
  return save(session, "post", created, path`OS-OAUTH1/consumers`, consumer, options);
}

/**
 * Changes the description of a consumer.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#update-consumer
 * @example
 * await oauth1Consumers.update(session, id, { description: "Another report" });
 */
export async function update(
  session: Session,
  id: string,
  changes: OAuth1ConsumerUpdate,
  options?: CallOptions,
): Promise<OAuth1Consumer> {
  return save(session, "patch", kind, path`OS-OAUTH1/consumers/${id}`, changes, options);
}

/**
 * Deletes a consumer. All its access tokens end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-consumer
 * @example
 * await oauth1Consumers.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-OAUTH1/consumers/${id}`, options);
}

export { remove as delete };
