import { expect } from "../expect.ts";
import type { CallOptions, Session } from "../session/session.ts";
import { expectOne } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path, segment } from "./path.ts";
import { act, holds } from "./request.ts";
import { type Role, roleKind } from "./role.ts";

/** Who has a role: the id of a user or of a group. */
export type Grantee =
  | { readonly user: string; readonly group?: undefined }
  | { readonly user?: undefined; readonly group: string };

/** The whole cloud. */
interface OnSystem {
  readonly system: "all";
  readonly project?: undefined;
  readonly domain?: undefined;
  readonly inherited?: false | undefined;
}

interface OnProject<Inherited> {
  readonly project: string;
  readonly domain?: undefined;
  readonly system?: undefined;
  /** Whether the role is for all projects below, and not for this one. Default: false. */
  readonly inherited?: Inherited | undefined;
}

interface OnDomain {
  readonly domain: string;
  readonly project?: undefined;
  readonly system?: undefined;
  /** Whether the role is for all projects of the domain, and not for the domain. Default: false. */
  readonly inherited?: boolean | undefined;
}

/** Which role who has, and where: ids. */
export type Grant = { readonly role: string } & Place;

type Place = Grantee & (OnProject<boolean> | OnDomain | OnSystem);

/** Who has roles, and where: ids. The API has no list of what a project hands on. */
export type GrantQuery = Grantee & (OnProject<false> | OnDomain | OnSystem);

/**
 * Gives a role to a user or a group, on a project, a domain or the whole cloud; also when they have
 * it already. With `inherited`, on all projects below instead; then the server does not look whether
 * there is such a user or group.
 *
 * @throws {OptionsError} unless there is one of `user` and `group`, and one of `project`, `domain` and `system`.
 * @throws {NotFoundError} if there is no such role, user, group, project or domain.
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#assign-role-to-user-on-project
 * @example
 * const user = await users.find(session, "dora");
 * const project = await projects.find(session, "data");
 * const role = await roles.find(session, "reader");
 * const grant = { role: role.id, user: user.id, project: project.id };
 * await roles.assign(session, grant);
 * await roles.unassign(session, grant);
 */
export async function assign(session: Session, grant: Grant, options?: CallOptions): Promise<void> {
  return act(session, "put", member(grant), options);
}

/**
 * Takes back what `assign()` gave. Tokens stay alive while any role is left in their scope.
 *
 * @throws {OptionsError} as `assign()`.
 * @throws {NotFoundError} if they do not have it.
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#unassign-role-from-user-on-project
 * @example
 * const group = await groups.create(session, { name: `auditors ${Date.now()}`, domain_id: "default" });
 * const role = await roles.find(session, "reader");
 * const grant = { role: role.id, group: group.id, domain: "default", inherited: true };
 * await roles.assign(session, grant);
 * await roles.unassign(session, grant);
 * await groups.delete(session, group.id);
 */
export async function unassign(
  session: Session,
  grant: Grant,
  options?: CallOptions,
): Promise<void> {
  return act(session, "delete", member(grant), options);
}

/**
 * Whether a user or a group was given a role there, by itself: not through a group, another role or
 * from above, for which `roleAssignments.list()` has `effective`. Also false where there is no such thing.
 *
 * @throws {OptionsError} as `assign()`.
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#check-whether-user-has-role-assignment-on-project
 * @example
 * const { user } = await session.token();
 * const admin = await roles.find(session, "admin");
 * console.log(await roles.check(session, { role: admin.id, user: user.id, system: "all" }));
 */
export async function check(
  session: Session,
  grant: Grant,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, member(grant), options);
}

/**
 * Lists the roles that a user or a group was given there, by itself.
 *
 * @throws {OptionsError} at the call, as `assign()`, and for what a project hands on: the API lists
 * that by `roleAssignments.list()` alone.
 * @throws {NotFoundError} if there is no such user, group, project or domain.
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-role-assignments-for-user-on-project
 * @example
 * const user = await users.find(session, "dora");
 * const project = await projects.find(session, "web");
 * for (const { name } of await roles.granted(session, { user: user.id, project: project.id })) {
 *   console.log(name);
 * }
 */
export function granted(session: Session, query: GrantQuery, options?: CallOptions): Listing<Role> {
  expect(query, "grant", "who has roles, and where");
  const { inherited, project } = query;
  expect(!inherited || project === undefined, "inherited", "a domain, in a list");
  return listing(session, roleKind, collection(query), {}, options);
}

function member(grant: Grant): string {
  expect(grant, "grant", "a role, who has it and where");
  return collection(grant, `/${segment(grant.role, "grant.role")}`);
}

/** Where the roles of somebody are kept, or one of them. */
function collection({ user, group, project, domain, system, inherited }: Place, role = ""): string {
  expectOne("grant", { user, group });
  expectOne("grant", { project, domain, system });
  const who = user === undefined ? path`groups/${group}` : path`users/${user}`;
  if (system !== undefined) {
    expect(system === "all", "system", '"all"');
    expect(!inherited, "inherited", "a project or a domain");
    return `system/${who}/roles${role}`;
  }
  const where = project === undefined ? path`domains/${domain}` : path`projects/${project}`;
  const direct = `${where}/${who}/roles${role}`;
  return inherited ? `OS-INHERIT/${direct}/inherited_to_projects` : direct;
}
