import { createReply, done, get, list, remove, required, updateReply } from "./crud.ts";
import { isFlagged } from "./filters.ts";
import { domains, projects, show } from "./kinds.ts";
import { admin, domainReader, ownDomain, ownProject, reader } from "./policies.ts";
import { badRequest, forbidden, problem } from "./problem.ts";
import { ancestors, rolesOf } from "./roles-of.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import { text, type World } from "./world.ts";

const project = "/v3/projects/{project_id}";
const domain = "/v3/domains/{domain_id}";

export const projectRoutes: readonly Route[] = [
  guarded("GET", "/v3/projects", "list_projects", domainReader, (call) => list(projects, call)),
  guarded("POST", "/v3/projects", "create_project", admin, (call) => createReply(projects, call)),
  guarded("GET", project, "get_project", ownProject, getProject),
  guarded("PATCH", project, "update_project", admin, (call) => updateReply(projects, call)),
  guarded("DELETE", project, "delete_project", admin, deleteProject),
  guarded("GET", "/v3/domains", "list_domains", reader, (call) => list(domains, call)),
  guarded("POST", "/v3/domains", "create_domain", admin, (call) => createReply(domains, call)),
  guarded("GET", domain, "get_domain", ownDomain, (call) => get(domains, call)),
  guarded("PATCH", domain, "update_domain", admin, (call) => updateReply(domains, call)),
  guarded("DELETE", domain, "delete_domain", admin, deleteDomain),
];

function getProject(call: AuthorizedCall): Reply {
  const { world, params } = call;
  const found = required(world, projects, params.project_id);
  const record = { ...show(world, projects, found), ...relatives(call, found.id) };
  return { status: 200, body: { project: record } };
}

/** `parents` and `subtree`, where the query asks for them: as nested ids, or as a list. */
function relatives({ world, query, token }: AuthorizedCall, id: string): object {
  for (const what of ["parents", "subtree"]) {
    if (isFlagged(query, `${what}_as_list`) && isFlagged(query, `${what}_as_ids`)) {
      throw badRequest(
        `Cannot use ${what}_as_list and ${what}_as_ids query params at the same time.`,
      );
    }
  }
  const above = ancestors(world, id);
  const root = text(world.projects.get(id), "domain_id");
  // The lists have those alone on which the token's own user has a role.
  const shown = (ids: readonly string[]): object[] =>
    ids.flatMap((one) => {
      const entity = world.projects.get(one);
      const isOwn = rolesOf(world, token.user, { project: one }).length > 0;
      return entity && isOwn ? [{ project: show(world, projects, entity) }] : [];
    });
  return {
    ...(isFlagged(query, "parents_as_list") && { parents: shown(above) }),
    ...(isFlagged(query, "parents_as_ids") && { parents: nested([...above, root]) }),
    ...(isFlagged(query, "subtree_as_list") && { subtree: shown(descendants(world, id)) }),
    ...(isFlagged(query, "subtree_as_ids") && { subtree: subtree(world, id) }),
  };
}

const nested = ([first, ...rest]: readonly string[]): object | null =>
  first === undefined ? null : { [first]: nested(rest) };

const children = (world: World, id: string): string[] =>
  [...world.projects.values()].filter(({ parent_id }) => parent_id === id).map((one) => one.id);

export const descendants = (world: World, id: string): string[] =>
  children(world, id).flatMap((child) => [child, ...descendants(world, child)]);

function subtree(world: World, id: string): object | null {
  const below = children(world, id);
  if (below.length === 0) return null;
  return Object.fromEntries(below.map((child) => [child, subtree(world, child)]));
}

function deleteProject(call: AuthorizedCall): Reply {
  const { world, params } = call;
  const { id } = required(world, projects, params.project_id);
  if (children(world, id).length > 0) {
    throw problem(
      403,
      `Cannot delete the project ${id} since it is not a leaf in the hierarchy. Use the cascade ` +
        "option if you want to delete a whole subtree.",
    );
  }
  remove(projects, call);
  removeCredentialsOn(world, id);
  return done;
}

function removeCredentialsOn(world: World, project: string): void {
  for (const { id, project_id } of world.application_credentials.values()) {
    if (project_id === project) world.application_credentials.delete(id);
  }
}

/** Everything in a domain goes with it. */
function deleteDomain(call: AuthorizedCall): Reply {
  const { world, params } = call;
  const found = required(world, domains, params.domain_id);
  if (found.id === "default") throw forbidden("delete the default domain");
  if (found.enabled === true) {
    throw problem(403, "Cannot delete a domain that is enabled, please disable it first.");
  }
  remove(domains, call);
  for (const plural of ["projects", "users", "groups", "roles"] as const) {
    for (const { id, domain_id } of world[plural].values()) {
      if (domain_id === found.id) world[plural].delete(id);
    }
  }
  return done;
}
