import type { CallOptions, Session } from "../session/contract.ts";
import { type Group, groupKind } from "./records/group.ts";
import { type Project, projectKind } from "./records/project.ts";
import type { Filters, Inexact } from "./shared/filters.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference } from "./shared/reference.ts";

/** Which of a user's projects to list. */
export interface UserProjectQuery extends Inexact<"name"> {
  readonly domain_id?: DomainReference | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
}

const projectFilters: Filters<UserProjectQuery> = Object.freeze({
  domain_id: "domain",
  enabled: "plain",
  name: "inexact",
});

/**
 * Lists the projects on which a user has a role, directly or through a group. Everybody may see their
 * own.
 *
 * @throws {OptionsError} at the call, for an empty id.
 * @throws {ForbiddenError} for another user's, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-projects-for-user
 * @example
 * const { user } = await session.token();
 * const mine = await users.projects(session, user.id, { enabled: true });
 * console.log(mine.map(({ name }) => name));
 */
export function projects(
  session: Session,
  id: string,
  query?: UserProjectQuery,
  options?: CallOptions,
): Listing<Project> {
  return listing(session, {
    kind: projectKind,
    path: path`users/${id}/projects`,
    query,
    filters: projectFilters,
    options,
  });
}

/** Which of a user's groups to list. */
export interface UserGroupQuery extends Inexact<"name"> {
  readonly name?: string | undefined;
}

const groupFilters: Filters<UserGroupQuery> = Object.freeze({ name: "inexact" });

/**
 * Lists the groups that a user is in. Everybody may see their own.
 *
 * @throws {OptionsError} at the call, for an empty id.
 * @throws {ForbiddenError} for another user's, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-groups-to-which-a-user-belongs
 * @example
 * const { user } = await session.token();
 * for await (const { name } of users.groups(session, user.id)) console.log(name);
 */
export function groups(
  session: Session,
  id: string,
  query?: UserGroupQuery,
  options?: CallOptions,
): Listing<Group> {
  return listing(session, {
    kind: groupKind,
    path: path`users/${id}/groups`,
    query,
    filters: groupFilters,
    options,
  });
}
