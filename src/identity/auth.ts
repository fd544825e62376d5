import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Domain, domainKind } from "./records/domain.ts";
import { type Project, projectKind } from "./records/project.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { listOf, maybe, maybeFlag, text } from "./shared/shapes.ts";

/** A service in the catalog, as the API has it. */
export interface CatalogServiceRecord {
  readonly id: string;
  readonly type: string;
  /** May be empty. */
  readonly name?: string | null | undefined;
  readonly endpoints: readonly CatalogEndpointRecord[];
  readonly [attribute: string]: unknown;
}

/** An endpoint in the catalog, as the API has it. */
export interface CatalogEndpointRecord {
  readonly id: string;
  readonly interface: string;
  readonly url: string;
  readonly region?: string | null | undefined;
  readonly region_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The system as a scope. */
export interface SystemScope {
  readonly all?: boolean | null | undefined;
  readonly [attribute: string]: unknown;
}

const endpoint = looseObject({
  id: text,
  interface: text,
  url: text,
  region: maybe(string()),
  region_id: maybe(string()),
});

const catalogKind: Kind<CatalogServiceRecord> = {
  one: "service",
  many: "catalog",
  schema: looseObject({
    id: text,
    type: text,
    name: maybe(string()),
    endpoints: listOf(endpoint),
  }),
};

const systemKind: Kind<SystemScope> = {
  one: "system",
  many: "system",
  schema: looseObject({ all: maybeFlag }),
};

/**
 * Lists the projects on which the token's user has a role, the disabled ones too; the session's
 * own `projects()` leaves those out.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
 * @example
 * const names = (await auth.projects(session)).map(({ name }) => name);
 */
export function projects(session: Session, options?: CallOptions): Listing<Project> {
  return listing(session, { kind: projectKind, path: path`auth/projects`, options });
}

/**
 * Lists the domains on which the token's user has a role.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-domain-scopes
 * @example
 * const names = (await auth.domains(session)).map(({ name }) => name);
 */
export function domains(session: Session, options?: CallOptions): Listing<Domain> {
  return listing(session, { kind: domainKind, path: path`auth/domains`, options });
}

/**
 * Lists the one system, if the token's user has a role on it.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-system-scopes
 * @example
 * const mayScopeToSystem = (await auth.system(session)).length > 0;
 */
export function system(session: Session, options?: CallOptions): Listing<SystemScope> {
  return listing(session, { kind: systemKind, path: path`auth/system`, options });
}

/**
 * Lists the catalog of the token's project as it is now; the token has the one from when it was
 * issued.
 *
 * @throws {ForbiddenError} unless the scope is a project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-service-catalog
 * @example
 * const types = (await auth.catalog(session)).map(({ type }) => type);
 */
export function catalog(session: Session, options?: CallOptions): Listing<CatalogServiceRecord> {
  return listing(session, { kind: catalogKind, path: path`auth/catalog`, options });
}
