import type { CallOptions, Session } from "../session/contract.ts";
import { type Domain, domainKind } from "./records/domain.ts";
import type { ResourceOptions } from "./records/resource-options.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact, Paging } from "./shared/filters.ts";
import { find as findOne, type Wanted } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";

export type { Domain };

/** The attributes of a new domain; unknown ones are kept, too. */
export type DomainCreate = Open<{
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Default: true. */
  readonly enabled?: boolean | null | undefined;
  /** An id of your own choice: 32 hexadecimal digits. Default: the server's choice. */
  readonly explicit_domain_id?: string | undefined;
  readonly options?: ResourceOptions | null | undefined;
}>;

/** The attributes of a domain that can be changed. */
export type DomainUpdate = Partial<DomainCreate>;

/** Which domains to list. */
export interface DomainQuery extends Paging, Inexact<"name"> {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
}

const filters: Filters<DomainQuery> = Object.freeze({
  name: "inexact",
  enabled: "plain",
  limit: "paging",
  marker: "paging",
});

/**
 * Lists domains, as an administrator sees them. For those that the session's user may scope to, see
 * `session.domains()`.
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
  return listing(session, {
    kind: domainKind,
    path: path`domains`,
    query,
    filters,
    paged: true,
    own: "id",
    options,
  });
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
  nameOrId: Wanted,
  options?: CallOptions,
): Promise<Domain> {
  return findOne(
    session,
    {
      what: "domain",
      get: (id, options) => get(session, id, options),
      named: (name, options) => list(session, { name }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a domain.
 *
 * @throws {ConflictError} if there is already one with that name.
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
 * Changes attributes of a domain, and leaves the others. Nobody can log in to a disabled domain, and
 * all tokens of its users and for its projects end.
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
 * Deletes a domain with all its users, groups, projects and roles. The server refuses to delete an
 * enabled domain: disable it first.
 *
 * @throws {ForbiddenError} while it is enabled, in the server's words.
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-domain
 * @example
 * const { id } = await domains.create(session, { name: `guests ${Date.now()}` });
 * await domains.update(session, id, { enabled: false });
 * await domains.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`domains/${id}`, options);
}

export { remove as delete };
