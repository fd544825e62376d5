import { expect } from "../expect.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Role, roleKind } from "./records/role.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectKnown } from "./shared/expect-known.ts";
import { expectObject, expectOne } from "./shared/expect-object.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import {
  type DomainReference,
  expectReference,
  idOf,
  type Reference,
  type ReferenceKind,
  type RoleReference,
} from "./shared/reference.ts";
import { act, erase, holds } from "./shared/requests.ts";

/** Who has a role: a user or a group, by id, as a record, or by name and domain. */
export type Grantee =
  | { readonly user: Reference; readonly group?: undefined }
  | { readonly user?: undefined; readonly group: Reference };

/** The whole cloud. */
interface OnSystem {
  readonly system: "all";
  readonly project?: undefined;
  readonly domain?: undefined;
  readonly inherited?: false | undefined;
}

interface OnProject<Inherited> {
  readonly project: Reference;
  readonly domain?: undefined;
  readonly system?: undefined;
  /** Whether the role applies to all projects below instead of this one. Default: false. */
  readonly inherited?: Inherited | undefined;
}

interface OnDomain {
  readonly domain: DomainReference;
  readonly project?: undefined;
  readonly system?: undefined;
  /**
   * Whether the role applies to all projects of the domain instead of the domain itself. Default:
   * false.
   */
  readonly inherited?: boolean | undefined;
}

type Place = Grantee & (OnProject<boolean> | OnDomain | OnSystem);

/**
 * A role, who has it, and where: by ids, as records, or by names. A name costs a request, and another
 * one if its domain is given by name, too.
 */
export type Grant = { readonly role: RoleReference } & Place;

/**
 * Who has roles, and where. The API can't list the roles that a project passes on to those below it.
 */
export type GrantQuery = Grantee & (OnProject<false> | OnDomain | OnSystem);

/**
 * Assigns a role to a user or a group, on a project, a domain or the whole cloud; it does not fail if
 * they have it already. With `inherited`, it applies to all projects below instead; then the server
 * does not check whether the user or group exists.
 *
 * @throws {OptionsError} unless there is one of `user` and `group`, and one of `project`, `domain`
 * and `system`.
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
  return act(session, await member(session, grant, options), options, { method: "put" });
}

/**
 * Removes what `assign()` assigned. Tokens stay valid while any role is left in their scope.
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
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, await member(session, grant, options), options);
}

/**
 * Whether a user or a group has a role by a direct assignment. Roles that come through a group,
 * through another role or by inheritance don't count: for those, see `effective` of
 * `roleAssignments.list()`. Also false if there is no such user, group, role, project or domain.
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
  return holds(session, await member(session, grant, options), options);
}

/**
 * Lists the roles that are assigned directly to a user or a group, on a project, a domain or the whole
 * cloud.
 *
 * @throws {OptionsError} at the call, as `assign()`, and for the roles that a project passes on to
 * those below it: only `roleAssignments.list()` lists them.
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
  expectPlace(query);
  const { inherited, project } = query;
  const why = "only with a domain; a project's list has no inherited roles";
  refuse(inherited && project !== undefined, "inherited", why);
  const place = async () => {
    const roles = await collection(session, query, options);
    return inherited ? `OS-INHERIT/${roles}/inherited_to_projects` : roles;
  };
  return listing(session, { kind: roleKind, path: place, options });
}

/** The path of one role of somebody. */
async function member(session: Session, grant: Grant, options?: CallOptions): Promise<string> {
  expectPlace(grant);
  expectReference(grant.role, "role", "grant.role");
  const roles = await collection(session, grant, options);
  const role = await idOf(session, "role", grant.role, "grant.role", options);
  const one = roles + path`/${role}`;
  return grant.inherited ? `OS-INHERIT/${one}/inherited_to_projects` : one;
}

const names = ["role", "user", "group", "project", "domain", "system", "inherited"];

/** Checks who and where, before anything is asked. */
function expectPlace(grant: Place): void {
  expectKnown(expectObject(grant, "grant"), names, "grant");
  const { user, group, project, domain, system, inherited } = grant;
  expectOne("grant", { user, group });
  expectOne("grant", { project, domain, system });
  for (const [kind, value] of Object.entries({ user, group, project, domain })) {
    if (value !== undefined) expectReference(value, kind as ReferenceKind, `grant.${kind}`);
  }
  expect(system === undefined || system === "all", "system", '"all"');
  const why = "only with a project or a domain; the system has nothing below it";
  refuse(inherited && system !== undefined, "inherited", why);
}

/** The path of somebody's roles. */
async function collection(
  session: Session,
  { user, group, project, domain, system }: Place,
  options?: CallOptions,
): Promise<string> {
  const find = (kind: ReferenceKind, value: unknown) =>
    idOf(session, kind, value, `grant.${kind}`, options);
  const who =
    user === undefined
      ? path`groups/${await find("group", group)}`
      : path`users/${await find("user", user)}`;
  if (system !== undefined) return `system/${who}/roles`;
  const where =
    project === undefined
      ? path`domains/${await find("domain", domain)}`
      : path`projects/${await find("project", project)}`;
  return `${where}/${who}/roles`;
}
