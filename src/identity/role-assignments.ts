import { looseObject, nullish, string } from "valibot";
import { expect } from "../expect.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Kind } from "./request.ts";

/** What an assignment is of; the names are there where they were asked for. */
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
    /** "projects": for the projects below, not there itself. */
    readonly "OS-INHERIT:inherited_to"?: string | null | undefined;
    readonly [attribute: string]: unknown;
  };
  readonly [attribute: string]: unknown;
}

/** Which role assignments to list. Ids, by the API's own names or, as in `roles.assign()`, by short ones. */
export interface RoleAssignmentQuery {
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly role?: string | undefined;
  readonly project?: string | undefined;
  readonly domain?: string | undefined;
  readonly system?: "all" | undefined;
  /** Only those for the projects below. Default: all. */
  readonly inherited?: boolean | undefined;
  readonly "user.id"?: string | undefined;
  readonly "group.id"?: string | undefined;
  readonly "role.id"?: string | undefined;
  readonly "scope.project.id"?: string | undefined;
  readonly "scope.domain.id"?: string | undefined;
  readonly "scope.system"?: "all" | undefined;
  readonly "scope.OS-INHERIT:inherited_to"?: "projects" | undefined;
  /** Whether to list what a token would hold: users in the place of groups, implied and inherited roles. */
  readonly effective?: boolean | undefined;
  /** Whether all have their names and domains. */
  readonly include_names?: boolean | undefined;
  /** Whether to list those on the projects below the `project` too. */
  readonly include_subtree?: boolean | undefined;
}

const assigned = looseObject({
  id: string(),
  name: nullish(string()),
  domain: nullish(looseObject({ id: string(), name: nullish(string()) })),
});

const kind: Kind<RoleAssignment> = {
  one: "role_assignment",
  many: "role_assignments",
  schema: looseObject({
    role: assigned,
    user: nullish(assigned),
    group: nullish(assigned),
    scope: looseObject({
      project: nullish(assigned),
      domain: nullish(assigned),
      system: nullish(looseObject({})),
      "OS-INHERIT:inherited_to": nullish(string()),
    }),
  }),
};

const flags = ["effective", "include_names", "include_subtree"];

/** What the API calls the names that are shorter here. */
const names: Readonly<Record<string, string>> = {
  user: "user.id",
  group: "group.id",
  role: "role.id",
  project: "scope.project.id",
  domain: "scope.domain.id",
  system: "scope.system",
  inherited: "scope.OS-INHERIT:inherited_to",
};

/**
 * Lists role assignments: who has which role where. Of what does not exist there are none.
 *
 * @throws {OptionsError} for a filter that is there by both of its names.
 * @throws {ForbiddenError} without a role for it.
 * @throws {KeystoneError} with the status 400, for filters that exclude each other, as a user and a group.
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
  return listing(session, kind, path`role_assignments`, filters(query), { ...options, flags });
}

/** The query with the API's own names alone. */
function filters(query: RoleAssignmentQuery): object {
  const all: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given(query, "query"))) {
    if (value === undefined || value === null) continue;
    const own = names[name] ?? name;
    expect(!(own in all), `query.${own}`, "one name for it, not both");
    if (name !== "inherited") all[own] = value;
    else if (value) all[own] = "projects";
  }
  return all;
}
