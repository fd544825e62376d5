import { array, boolean, looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Domain, domainKind } from "./domain.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { type Project, projectKind } from "./project.ts";
import type { Kind } from "./request.ts";

/** A service in the catalog, as the API has it. */
export interface CatalogEntry {
  readonly id: string;
  readonly type: string;
  /** May be empty. */
  readonly name?: string | null | undefined;
  readonly endpoints: readonly CatalogEndpoint[];
  readonly [attribute: string]: unknown;
}

/** An endpoint in the catalog, as the API has it. */
export interface CatalogEndpoint {
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
  id: string(),
  interface: string(),
  url: string(),
  region: nullish(string()),
  region_id: nullish(string()),
});

const catalogKind: Kind<CatalogEntry> = {
  one: "service",
  many: "catalog",
  schema: looseObject({
    id: string(),
    type: string(),
    name: nullish(string()),
    endpoints: array(endpoint),
  }),
};

const systemKind: Kind<SystemScope> = {
  one: "system",
  many: "system",
  schema: looseObject({ all: nullish(boolean()) }),
};

/**
 * Lists the projects on which the token's user has a role, the disabled ones too; the session's
 * own `projects()` leaves those out.
 *
 * @throws {UnauthorizedError} without a token; any is good enough.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
 * @example
 * const names = (await auth.projects(session)).map(({ name }) => name);
 */
export function projects(session: Session, options?: CallOptions): Listing<Project> {
  return listing(session, projectKind, path`auth/projects`, {}, options);
}

/**
 * Lists the domains on which the token's user has a role.
 *
 * @throws {UnauthorizedError} without a token; any is good enough.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-domain-scopes
 * @example
 * const names = (await auth.domains(session)).map(({ name }) => name);
 */
export function domains(session: Session, options?: CallOptions): Listing<Domain> {
  return listing(session, domainKind, path`auth/domains`, {}, options);
}

/**
 * Lists the one system, if the token's user has a role on it.
 *
 * @throws {UnauthorizedError} without a token; any is good enough.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-system-scopes
 * @example
 * const mayScopeToSystem = (await auth.system(session)).length > 0;
 */
export function system(session: Session, options?: CallOptions): Listing<SystemScope> {
  return listing(session, systemKind, path`auth/system`, {}, options);
}

/**
 * Lists the catalog of the token's project as it is now; the token has it as it was.
 *
 * @throws {ForbiddenError} without a project as the scope.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-service-catalog
 * @example
 * const types = (await auth.catalog(session)).map(({ type }) => type);
 */
export function catalog(session: Session, options?: CallOptions): Listing<CatalogEntry> {
  return listing(session, catalogKind, path`auth/catalog`, {}, options);
}
