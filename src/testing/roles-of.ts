import type { Assignment, Place, World } from "./world.ts";
import { text } from "./world.ts";

/** The projects above a project, the nearest first. */
export function ancestors(world: World, project: string): string[] {
  const above: string[] = [];
  let parent = text(world.projects.get(project), "parent_id");
  while (world.projects.has(parent)) {
    above.push(parent);
    parent = text(world.projects.get(parent), "parent_id");
  }
  return above;
}

/** A role with all the roles that it implies. */
export function withImplied(world: World, role: string): string[] {
  const all = new Set([role]);
  for (const one of all) for (const implied of world.implied.get(one) ?? []) all.add(implied);
  return [...all];
}

/** Whether an assignment holds for a user, by themselves or through a group. */
function isFor(world: World, { user, group }: Assignment, who: string): boolean {
  if (user !== undefined) return user === who;
  return group !== undefined && world.members.get(group)?.has(who) === true;
}

/** Whether an assignment applies there, directly or from above. */
function isAt(world: World, assignment: Assignment, place: Place): boolean {
  const { project, domain, system, inherited } = assignment;
  if (place.system) return system === true;
  if (place.domain) return domain === place.domain && !inherited;
  if (!place.project) return false;
  if (!inherited) return project === place.project;
  if (domain) return domain === text(world.projects.get(place.project), "domain_id");
  return project !== undefined && ancestors(world, place.project).includes(project);
}

/** The ids of the roles that a user has there: given, through groups, from above and implied. */
export function rolesOf(world: World, user: string, place: Place): string[] {
  const roles = new Set<string>();
  for (const assignment of world.assignments) {
    if (!isFor(world, assignment, user) || !isAt(world, assignment, place)) continue;
    for (const role of withImplied(world, assignment.role)) roles.add(role);
  }
  return [...roles];
}
