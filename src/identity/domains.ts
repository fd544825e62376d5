import type { CallOptions, Session } from "../session/session.ts";
import { type Domain, domainKind } from "./domain.ts";
import { find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Inexact } from "./query.ts";
import { act, save, show } from "./request.ts";
import type { ResourceOptions } from "./resource-options.ts";

export type { Domain };

/** What a new domain may be given; what the API does not know is kept too. */
export interface DomainCreate {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  /** An id of one's own choice: 32 hexadecimal digits. Default: the server's choice. */
  readonly explicit_domain_id?: string | undefined;
  readonly options?: ResourceOptions | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a domain. */
export type DomainUpdate = Partial<DomainCreate>;

/** Which domains to list. */
export interface DomainQuery extends Inexact<"name"> {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Records a page. Default 500. */
  readonly limit?: number | undefined;
}

/**
 * Lists domains. Those that one may scope to are `session.domains()`.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-domains
 * @example
 * for await (const { id, name } of domains.list(session)) console.log(id, name);
 */
export function list(
  session: Session,
  query?: DomainQuery,
  options?: CallOptions,
): Listing<Domain> {
  return listing(session, { ...domainKind, pages: true }, path`domains`, query, options);
}

/**
 * Gets a domain by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-domain-details
 * @example
 * const { name, enabled } = await domains.get(session, "default");
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Domain> {
  return show(session, domainKind, path`domains/${id}`, options);
}

/**
 * Finds a domain by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-domains
 * @example
 * const { id } = await domains.find(session, "Default");
 */
export async function find(
  session: Session,
  nameOrId: string,
  { signal }: CallOptions = {},
): Promise<Domain> {
  return findOne(
    "domain",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name }, { signal }),
  );
}

/**
 * Creates a domain.
 *
 * @throws {ConflictError} if there is one of that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-domain
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}` });
 * await domains.update(session, id, { enabled: false });
 * await domains.delete(session, id);
 */
export async function create(
  session: Session,
  domain: DomainCreate,
  options?: CallOptions,
): Promise<Domain> {
  return save(session, "post", domainKind, path`domains`, domain, options);
}

/**
 * Changes attributes of a domain, and leaves the others. In one that is disabled nobody can log in,
 * and all tokens of its users and for its projects end.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-domain
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}` });
 * await domains.update(session, id, { description: "who sells for us", enabled: false });
 * await domains.delete(session, id);
 */
export async function update(
  session: Session,
  id: string,
  changes: DomainUpdate,
  options?: CallOptions,
): Promise<Domain> {
  return save(session, "patch", domainKind, path`domains/${id}`, changes, options);
}

/**
 * Deletes a domain with all its users, groups, projects and roles. The server refuses that for one
 * that is enabled: disable it first.
 *
 * @throws {ForbiddenError} while it is enabled, in the server's words.
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-domain
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}` });
 * await domains.update(session, id, { enabled: false });
 * await domains.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`domains/${id}`, options);
}

export { remove as delete };
