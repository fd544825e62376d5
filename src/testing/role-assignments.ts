import { listReply } from "./crud.ts";
import { isFlagged } from "./filters.ts";
import { domainReader } from "./policies.ts";
import { badRequest } from "./problem.ts";
import { descendants } from "./projects.ts";
import { withImplied } from "./roles-of.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import { type Assignment, type Entity, text, type World } from "./world.ts";

/** An assignment as it is listed, with what it came from. */
interface Listed extends Assignment {
  /** The path by which it was assigned. */
  readonly link: string;
  readonly membership?: string | undefined;
  readonly prior?: string | undefined;
}

export const roleAssignmentRoutes: readonly Route[] = [
  guarded("GET", "/v3/role_assignments", "list_role_assignments", domainReader, listAssignments),
];

function listAssignments(call: AuthorizedCall): Reply {
  const { world, query, token } = call;
  assertSensible(query);
  const given = [...world.assignments].map((assignment) => ({
    ...assignment,
    link: linkOf(assignment),
  }));
  const all = isFlagged(query, "effective") ? given.flatMap((one) => effective(world, one)) : given;
  const matching = all.filter((one) => matches(world, one, query));
  const { domain } = token.place;
  const visible = domain ? matching.filter((one) => isIn(world, one, domain)) : matching;
  const withNames = isFlagged(query, "include_names");
  return listReply(
    call,
    "role_assignments",
    visible.map((one) => show(world, one, withNames)),
  );
}

/** @throws {Problem} 400 for filters that exclude each other. */
function assertSensible(query: URLSearchParams): void {
  const rivals = [
    ["scope.domain.id", "scope.project.id", "Specify a domain or project, not both"],
    ["scope.domain.id", "scope.system", "Specify system or domain, not both"],
    ["scope.project.id", "scope.system", "Specify system or project, not both"],
    ["user.id", "group.id", "Specify a user or group, not both"],
  ] as const;
  for (const [one, other, message] of rivals) {
    if (query.get(one) && query.get(other)) throw badRequest(message);
  }
  if (isFlagged(query, "include_subtree") && !query.get("scope.project.id")) {
    throw badRequest("scope.project.id must be specified if include_subtree is also specified");
  }
  if (isFlagged(query, "effective") && query.get("group.id")) {
    throw badRequest("Combining effective and group filter will always result in an empty list.");
  }
}

function matches(world: World, one: Listed, query: URLSearchParams): boolean {
  const wantedProject = query.get("scope.project.id");
  const projects = wantedProject ? [wantedProject] : [];
  if (wantedProject && isFlagged(query, "include_subtree")) {
    projects.push(...descendants(world, wantedProject));
  }
  const inherited = query.get("scope.OS-INHERIT:inherited_to");
  const equals = (name: string, value: string | undefined): boolean => {
    const wanted = query.get(name);
    return !wanted || wanted === value;
  };
  return (
    equals("user.id", one.user) &&
    equals("group.id", one.group) &&
    equals("role.id", one.role) &&
    equals("scope.domain.id", one.domain) &&
    (projects.length === 0 || projects.includes(one.project ?? "")) &&
    // Keystone ignores this one if there is `effective`.
    (!query.get("scope.system") || one.system === true || isFlagged(query, "effective")) &&
    // Keystone lists what is on the system, whatever this filter says.
    (inherited === null || one.system === true || one.inherited === (inherited === "projects"))
  );
}

/** What an assignment gives: to each user of a group, on each project below, by each implied role. */
function effective(world: World, one: Listed): Listed[] {
  // Keystone leaves assignments on the system out of such lists.
  if (one.system) return [];
  return forUsers(world, one)
    .flatMap((each) => atProjects(world, each))
    .flatMap((each) => byRoles(world, each));
}

function forUsers(world: World, { group, ...one }: Listed): Listed[] {
  if (group === undefined) return [one];
  return [...(world.members.get(group) ?? [])].map((user) => ({
    ...one,
    user,
    membership: `/groups/${group}/users/${user}`,
  }));
}

function atProjects(world: World, one: Listed): Listed[] {
  if (!one.inherited) return [one];
  const below = one.project
    ? descendants(world, one.project)
    : [...world.projects.values()].flatMap(({ id, domain_id }) =>
        domain_id === one.domain ? [id] : [],
      );
  return below.map((project) => ({ ...one, project, domain: undefined }));
}

const byRoles = (world: World, one: Listed): Listed[] =>
  withImplied(world, one.role).map((role) =>
    role === one.role ? one : { ...one, role, prior: one.role },
  );

function isIn(world: World, { project, domain }: Listed, wanted: string): boolean {
  return domain === wanted || text(world.projects.get(project ?? ""), "domain_id") === wanted;
}

function linkOf({ role, user, group, project, domain, inherited }: Assignment): string {
  const who = user === undefined ? `/groups/${group}` : `/users/${user}`;
  const direct = `${whereOf(project, domain)}${who}/roles/${role}`;
  return inherited ? `/OS-INHERIT${direct}/inherited_to_projects` : direct;
}

function whereOf(project: string | undefined, domain: string | undefined): string {
  if (project) return `/projects/${project}`;
  return domain ? `/domains/${domain}` : "/system";
}

function show(world: World, one: Listed, withNames: boolean): object {
  const { user, group, role, membership, prior, link } = one;
  const named = (entity: Entity | undefined, id: string, withDomain = true): object => {
    if (!withNames) return { id };
    const domain = world.domains.get(text(entity, "domain_id"));
    const place = withDomain && { domain: { id: domain?.id, name: domain?.name } };
    return { id, name: entity?.name, ...place };
  };
  const base = `${world.root}/v3`;
  return {
    links: {
      assignment: base + link,
      ...(membership && { membership: base + membership }),
      ...(prior && { prior_role: `${base}/prior_role/${role}/implies/${prior}` }),
    },
    scope: {
      ...scopeOf(world, one, named),
      ...(one.inherited && { "OS-INHERIT:inherited_to": "projects" }),
    },
    ...(user && { user: named(world.users.get(user), user) }),
    ...(group && { group: named(world.groups.get(group), group) }),
    role: named(world.roles.get(role), role, text(world.roles.get(role), "domain_id") !== ""),
  };
}

function scopeOf(
  world: World,
  { project, domain }: Listed,
  named: (entity: Entity | undefined, id: string, withDomain?: boolean) => object,
): object {
  if (project) return { project: named(world.projects.get(project), project) };
  if (domain) return { domain: named(world.domains.get(domain), domain, false) };
  return { system: { all: true } };
}
