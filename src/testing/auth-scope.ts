import { lookUpDomain } from "./auth-methods.ts";
import { attributesIn } from "./kinds.ts";
import { badRequest, expecting, forbidden, unauthorized } from "./problem.ts";
import { rolesOf } from "./roles-of.ts";
import { type Entity, findEntity, type Issued, type Place, text, type World } from "./world.ts";

const kinds = ["project", "domain", "unscoped", "system", "OS-TRUST:trust"];

/**
 * What `auth.scope` asks for; undefined where it is not there.
 *
 * @throws {Problem} 400 if it is not a scope, 401 if what it names does not exist or is disabled.
 */
export function readScope(world: World, scope: unknown): Place | undefined {
  if (scope === undefined) return undefined;
  if (scope === null) {
    throw badRequest("Invalid input for field 'scope': None is not of type 'object', 'string'");
  }
  // In a string such as "unscoped", Keystone looks for the word.
  const wanted = typeof scope === "object" ? attributesIn({ scope }, "scope") : {};
  const given = kinds.filter((kind) =>
    typeof scope === "string" ? scope.includes(kind) : kind in wanted,
  );
  if (given.length !== 1) {
    throw expecting("system, project, domain, OS-TRUST:trust or unscoped", "scope");
  }
  if (typeof scope === "string" || given[0] === "unscoped") return {};
  if (given[0] === "system") return { system: true };
  if (given[0] === "OS-TRUST:trust") throw unauthorized();
  return given[0] === "domain"
    ? { domain: lookUpDomain(world, attributesIn(wanted, "domain")).id }
    : { project: lookUpProject(world, attributesIn(wanted, "project")).id };
}

function lookUpProject(world: World, wanted: Readonly<Record<string, unknown>>): Entity {
  const { id, name } = wanted;
  if (name && !("domain" in wanted)) throw expecting("domain", "project");
  const project = name
    ? findEntity(world.projects.values(), {
        name,
        domain_id: lookUpDomain(world, attributesIn(wanted, "domain")).id,
      })
    : world.projects.get(String(id));
  if (project?.enabled !== true) throw unauthorized();
  if (world.domains.get(text(project, "domain_id"))?.enabled !== true) throw unauthorized();
  return project;
}

/** The user's default project if they have a role there, and nothing otherwise. */
export function defaultPlace(world: World, user: Entity): Place {
  const project = world.projects.get(text(user, "default_project_id"));
  const domain = world.domains.get(text(project, "domain_id"));
  if (project?.enabled !== true || domain?.enabled !== true) return {};
  return rolesOf(world, user.id, { project: project.id }).length > 0 ? { project: project.id } : {};
}

/**
 * @throws {Problem} 403: a token for the system can't be exchanged for one on a project or a domain.
 */
export function assertMayRescope(parent: Issued, place: Place | undefined): void {
  if (parent.place.system && (place?.project || place?.domain)) {
    throw forbidden(
      "Using a system-scoped token to create a project-scoped or domain-scoped token is not allowed.",
    );
  }
}
