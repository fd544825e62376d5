import { fallback, looseObject, nullish, string } from "valibot";
import { refuse } from "../refuse.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import { expectQuery, type Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import type { DomainReference, Reference, RoleReference } from "./shared/reference.ts";
import { id, maybe, options } from "./shared/shapes.ts";

/** A part of an assignment; it has a name only if `include_names` was set. */
export interface Assigned {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly domain?: Pick<Assigned, "id" | "name"> | null | undefined;
  readonly [attribute: string]: unknown;
}

/** Who has a role, and where, as the API has it: it has no id. */
export interface RoleAssignment {
  readonly role: Assigned;
  readonly user?: Assigned | null | undefined;
  readonly group?: Assigned | null | undefined;
  readonly scope: {
    readonly project?: Assigned | null | undefined;
    readonly domain?: Assigned | null | undefined;
    readonly system?: Readonly<Record<string, unknown>> | null | undefined;
    /** "projects": it applies to the projects below, not to this one. */
    readonly "OS-INHERIT:inherited_to"?: string | null | undefined;
    readonly [attribute: string]: unknown;
  };
  readonly [attribute: string]: unknown;
}

/**
 * Which role assignments to list: ids or references, under the API's own names or, as in
 * `roles.assign()`, under short ones.
 */
export interface RoleAssignmentQuery {
  readonly user?: Reference | undefined;
  readonly group?: Reference | undefined;
  readonly role?: RoleReference | undefined;
  readonly project?: Reference | undefined;
  readonly domain?: DomainReference | undefined;
  readonly system?: "all" | undefined;
  /** Only those that apply to the projects below. Default: all. */
  readonly inherited?: boolean | undefined;
  readonly "user.id"?: Reference | undefined;
  readonly "group.id"?: Reference | undefined;
  readonly "role.id"?: RoleReference | undefined;
  readonly "scope.project.id"?: Reference | undefined;
  readonly "scope.domain.id"?: DomainReference | undefined;
  readonly "scope.system"?: "all" | undefined;
  readonly "scope.OS-INHERIT:inherited_to"?: "projects" | undefined;
  /** Whether to list what a token would hold: users instead of groups, implied and inherited roles. */
  readonly effective?: boolean | undefined;
  /** Whether to include names, and the domains of these. */
  readonly include_names?: boolean | undefined;
  /** Whether to include those on the projects below the `project`. */
  readonly include_subtree?: boolean | undefined;
}

const assigned = looseObject({
  id,
  name: maybe(string()),
  domain: maybe(looseObject({ id, name: maybe(string()) })),
});

const scope = looseObject({
  project: maybe(assigned),
  domain: maybe(assigned),
  system: options,
  "OS-INHERIT:inherited_to": maybe(string()),
});

const kind: Kind<RoleAssignment> = {
  one: "role_assignment",
  many: "role_assignments",
  schema: looseObject({
    role: assigned,
    user: maybe(assigned),
    group: maybe(assigned),
    scope: fallback(nullish(scope, {}), {}),
  }),
};

const filters: Filters<RoleAssignmentQuery> = Object.freeze({
  user: "user",
  group: "group",
  role: "role",
  project: "project",
  domain: "domain",
  system: "plain",
  inherited: "plain",
  "user.id": "user",
  "group.id": "group",
  "role.id": "role",
  "scope.project.id": "project",
  "scope.domain.id": "domain",
  "scope.system": "plain",
  "scope.OS-INHERIT:inherited_to": "plain",
  effective: "flag",
  include_names: "flag",
  include_subtree: "flag",
});

/** The API's own names for the short ones. */
const ownNames: Readonly<Record<string, keyof RoleAssignmentQuery>> = {
  user: "user.id",
  group: "group.id",
  role: "role.id",
  project: "scope.project.id",
  domain: "scope.domain.id",
  system: "scope.system",
  inherited: "scope.OS-INHERIT:inherited_to",
};

/** How long a cloud with some thousand assignments may take to find the names of all. */
const minTimeout = 60_000;

/**
 * Lists role assignments: who has which role where. The list is empty for a user, group or project
 * that does not exist. Each try may take a minute, or the session's `timeout` if that is longer: with
 * names, a large cloud needs it.
 *
 * @throws {OptionsError} for a filter that is given under both of its names.
 * @throws {ForbiddenError} without a role for it.
 * @throws {BadRequestError} for filters that exclude each other, as a user and a group.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-role-assignments
 * @example
 * const { user } = await session.token();
 * for await (const { role, scope } of roleAssignments.list(session, {
 *   user: user.id,
 *   effective: true,
 *   include_names: true,
 * })) {
 *   console.log(role.name, scope.project?.name ?? scope.domain?.name ?? "the whole cloud");
 * }
 */
export function list(
  session: Session,
  query: RoleAssignmentQuery = {},
  options?: CallOptions,
): Listing<RoleAssignment> {
  expectQuery(query, filters);
  const asked = withOwnNames(query);
  return listing(session, {
    kind,
    path: "role_assignments",
    query: asked,
    filters,
    options,
    minTimeout,
  });
}

/** The query with the API's own names alone. */
function withOwnNames(query: RoleAssignmentQuery): RoleAssignmentQuery {
  const asked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const own = ownNames[name] ?? name;
    refuse(own in asked, `query.${own}`, "given twice, under two names");
    if (name !== "inherited") asked[own] = value;
    else if (value) asked[own] = "projects";
  }
  return asked;
}
