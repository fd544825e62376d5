/** Who has which role where, as seen from one user, group, project or domain. */
import type { Session } from "keystone-fetch";
import { roleAssignments, type roles } from "keystone-fetch/identity";

/** Somebody who can have a role, or a place where one can have it. */
export interface Party {
  readonly kind: "user" | "group" | "project" | "domain" | "system";
  /** "all" for the whole cloud. */
  readonly id: string;
}

/** The other side of some assignments. */
export interface Assignee extends Party {
  readonly name: string;
  readonly about: string;
  readonly roles: readonly AssignedRole[];
}

export interface AssignedRole {
  readonly id: string;
  readonly name: string;
  /** False if it comes from a group, or is inherited or implied. */
  readonly direct: boolean;
}

type RoleAssignment = roleAssignments.RoleAssignment;

/** One row for each user, group or scope, by name. */
export async function listAssignees(
  session: Session,
  { kind, id }: Party,
): Promise<readonly Assignee[]> {
  const query = { [kind]: id, include_names: true };
  const [assigned, effective] = await Promise.all([
    roleAssignments.list(session, query),
    // Keystone lists none for a group: they belong to its users.
    kind === "group" ? [] : roleAssignments.list(session, { ...query, effective: true }),
  ]);
  const otherSide = isPerson({ kind }) ? scopeOf : personOf;
  const rows = new Map<string, Assignee>();
  function add(assignment: RoleAssignment, direct: boolean) {
    const { role } = assignment;
    const party = otherSide(assignment);
    const key = `${party.kind} ${party.id}`;
    const known = rows.get(key)?.roles ?? [];
    if (known.some((one) => one.id === role.id)) return;
    const added = [...known, { id: role.id, name: role.name ?? role.id, direct }];
    rows.set(key, { ...party, roles: added.sort(byName) });
  }
  for (const one of assigned) if (!one.scope["OS-INHERIT:inherited_to"]) add(one, true);
  for (const one of effective) add(one, false);
  return [...rows.values()].sort(byName);
}

/** Whether it is somebody who has roles, rather than a place. */
export const isPerson = ({ kind }: Pick<Party, "kind">): boolean =>
  kind === "user" || kind === "group";

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** What `roles.assign()` and `roles.unassign()` take. */
export function grantOf(role: string, parties: readonly Party[]): roles.Grant {
  const sides = Object.fromEntries(parties.map(({ kind, id }) => [kind, id]));
  return { role, ...sides } as roles.Grant;
}

type Named = Omit<Assignee, "roles">;

function personOf({ user, group }: RoleAssignment): Named {
  const person = user ?? group;
  const id = person?.id ?? "";
  const kind = user ? "user" : "group";
  return { kind, id, name: person?.name ?? id, about: about(kind, person?.domain) };
}

function scopeOf({ scope: { project, domain } }: RoleAssignment): Named {
  if (project) {
    const { id, name } = project;
    return { kind: "project", id, name: name ?? id, about: about("project", project.domain) };
  }
  if (domain) {
    const { id, name } = domain;
    return { kind: "domain", id, name: name ?? id, about: "domain" };
  }
  return wholeCloud;
}

export const wholeCloud: Named = {
  kind: "system",
  id: "all",
  name: "Whole cloud",
  about: "system",
};

const about = (kind: string, domain: { id: string; name?: string | null } | null | undefined) =>
  domain ? `${kind} in the domain ${domain.name ?? domain.id}` : kind;
