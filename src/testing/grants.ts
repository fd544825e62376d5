import { done, listReply, required } from "./crud.ts";
import { domains, groups, type Kind, projects, roles, show, users } from "./kinds.ts";
import { admin, reader } from "./policies.ts";
import { notFound } from "./problem.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import { type Assignment, findAssignment } from "./world.ts";

const targets: readonly { readonly path: string; readonly rule: string }[] = [
  { path: "/v3/projects/{project_id}", rule: "grant" },
  { path: "/v3/domains/{domain_id}", rule: "grant" },
  { path: "/v3/system", rule: "system_grant_for_" },
];

const grantees: readonly { readonly path: string; readonly kind: Kind }[] = [
  { path: "/users/{user_id}", kind: users },
  { path: "/groups/{group_id}", kind: groups },
];

export const grantRoutes: readonly Route[] = targets.flatMap(({ path, rule }) =>
  grantees.flatMap((grantee) => {
    const name: Naming = (verb, plural = "") =>
      rule === "grant"
        ? `${verb}_grant${plural}`
        : `${verb}_system_grant${plural}_for_${grantee.kind.singular}`;
    const all = `${path}${grantee.path}/roles`;
    const inherited = `${path.replace("/v3/", "/v3/OS-INHERIT/")}${grantee.path}/roles`;
    return [
      guarded("GET", all, name("list", "s"), reader, (call) => listGrants(call, false)),
      ...grantRoutesAt(`${all}/{role_id}`, name, false),
      ...(path === "/v3/system" ? [] : inheritedRoutes(inherited, name)),
    ];
  }),
);

function inheritedRoutes(all: string, name: Naming): readonly Route[] {
  const one = grantRoutesAt(`${all}/{role_id}/inherited_to_projects`, name, true);
  // Keystone lists nowhere what a project passes on.
  if (all.includes("{project_id}")) return one;
  const path = `${all}/inherited_to_projects`;
  const list = guarded("GET", path, name("list", "s"), reader, (call) => listGrants(call, true));
  return [...one, list];
}

type Naming = (verb: string, plural?: string) => string;

function grantRoutesAt(path: string, name: Naming, inherited: boolean): readonly Route[] {
  return [
    guarded("PUT", path, name("create"), admin, (call) => put(call, inherited)),
    guarded("GET", path, name("check"), reader, (call) => {
      assigned(call, inherited);
      return done;
    }),
    guarded("DELETE", path, name("revoke"), admin, (call) => {
      call.world.assignments.delete(assigned(call, inherited));
      return done;
    }),
  ];
}

/** What the path names, all of which has to be there. */
function wanted({ world, params }: AuthorizedCall, inherited: boolean): Omit<Assignment, "role"> {
  const { user_id, group_id, project_id, domain_id } = params;
  if (user_id !== undefined && !inherited) required(world, users, user_id);
  if (group_id !== undefined && !inherited) required(world, groups, group_id);
  if (project_id !== undefined) required(world, projects, project_id);
  if (domain_id !== undefined) required(world, domains, domain_id);
  const system = project_id === undefined && domain_id === undefined;
  return {
    user: user_id,
    group: group_id,
    project: project_id,
    domain: domain_id,
    ...(system && { system }),
    inherited,
  };
}

function put(call: AuthorizedCall, inherited: boolean): Reply {
  const { world, params } = call;
  const role = required(world, roles, params.role_id).id;
  const assignment = { role, ...wanted(call, inherited) };
  if (!findAssignment(world, assignment)) world.assignments.add(assignment);
  return done;
}

function assigned(call: AuthorizedCall, inherited: boolean): Assignment {
  const { world, params } = call;
  const role = required(world, roles, params.role_id).id;
  const assignment = { role, ...wanted(call, inherited) };
  const found = findAssignment(world, assignment);
  if (found) return found;
  const { user, group, project, domain } = assignment;
  throw notFound(
    `Could not find role assignment with role: ${role}, user or group: ${user ?? group}, ` +
      `project, domain, or system: ${project ?? domain ?? "system"}.`,
  );
}

function listGrants(call: AuthorizedCall, inherited: boolean): Reply {
  const { world } = call;
  const place = wanted(call, inherited);
  const given = [...world.roles.values()].filter(({ id }) =>
    findAssignment(world, { role: id, ...place }),
  );
  return listReply(
    call,
    "roles",
    given.map((role) => show(world, roles, role)),
  );
}
