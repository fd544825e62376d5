import { filtered } from "./filters.ts";
import { attributesIn, type Kind, show } from "./kinds.ts";
import { badRequest, conflict, missing, problem } from "./problem.ts";
import { randomId } from "./random.ts";
import type { AuthorizedCall, Reply } from "./router.ts";
import { validate } from "./validation.ts";
import { type Entity, findEntity, text, type World } from "./world.ts";

/** A collection's answer. */
export function listReply(
  { world, path, search }: AuthorizedCall,
  key: string,
  records: readonly object[],
): Reply {
  const links = { next: null, self: `${world.root}${path}${search}`, previous: null };
  return { status: 200, body: { [key]: records, links } };
}

/** The record that the path names. */
export function required(world: World, { plural, singular }: Kind, id: string | undefined): Entity {
  const entity = world[plural].get(id ?? "");
  if (!entity) throw missing(singular, id ?? "");
  return entity;
}

export function list(kind: Kind, call: AuthorizedCall): Reply {
  const all = filtered([...call.world[kind.plural].values()], call.query, kind.filters);
  const chosen = kind.choose?.(all, call.query) ?? all;
  const visible = chosen.filter((entity) => isVisible(kind, entity, call));
  return listReply(
    call,
    kind.plural,
    visible.map((entity) => show(call.world, kind, entity)),
  );
}

/**
 * A reader of a domain sees what is in it; a domain's roles are shown only to those who name the
 * domain.
 */
function isVisible({ plural }: Kind, entity: Entity, { token, query }: AuthorizedCall): boolean {
  if (plural === "roles") return query.has("domain_id") || entity.domain_id === null;
  const { domain } = token.place;
  if (!domain || !["users", "groups", "projects"].includes(plural)) return true;
  return text(entity, "domain_id") === domain;
}

export function get(kind: Kind, { world, params }: AuthorizedCall): Reply {
  const entity = required(world, kind, params[`${kind.singular}_id`]);
  return { status: 200, body: { [kind.singular]: show(world, kind, entity) } };
}

/** Keeps a new record; `id` is what the path gives, or the body where that may. */
export function create(kind: Kind, call: AuthorizedCall, id: string = randomId()): Entity {
  const { world, body } = call;
  const given = attributesIn(body, kind.singular);
  validate(kind.singular, given, kind.required);
  if (world[kind.plural].has(id)) {
    throw conflict(
      `Conflict occurred attempting to store ${kind.singular} - Duplicate ID, ${id}..`,
    );
  }
  const entity: Entity = { ...kind.defaults(given, call), ...kept(kind, given), id };
  kind.check?.(entity, world);
  assertUnique(world, kind, entity);
  world[kind.plural].set(id, entity);
  return entity;
}

/** What a record keeps of what is given; a domain, a parent or a default project of null means none. */
function kept({ hidden = [] }: Kind, given: Readonly<Record<string, unknown>>): object {
  const absent = ["domain_id", "parent_id", "default_project_id"];
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !hidden.includes(name) && (value !== null || !absent.includes(name)),
    ),
  );
}

export function createReply(kind: Kind, call: AuthorizedCall, id?: string): Reply {
  const entity = create(kind, call, id);
  return { status: 201, body: { [kind.singular]: show(call.world, kind, entity) } };
}

function update(kind: Kind, call: AuthorizedCall): Entity {
  const { world, body, params } = call;
  const before = required(world, kind, params[`${kind.singular}_id`]);
  const given = attributesIn(body, kind.singular);
  validate(kind.singular, given, []);
  if (given.id !== undefined && given.id !== before.id) throw badRequest("Cannot change ID");
  assertStays(kind, given, before);
  const options = { ...optionsOf(before), ...optionsOf(given) };
  const entity: Entity = {
    ...before,
    ...kept(kind, given),
    ...("options" in before && { options: withoutNulls(options) }),
    id: before.id,
  };
  kind.check?.(entity, world);
  assertUnique(world, kind, entity);
  world[kind.plural].set(entity.id, entity);
  return entity;
}

/** @throws {Problem} for a change of what stays as it was made. */
function assertStays(
  { plural, unique }: Kind,
  given: Readonly<Record<string, unknown>>,
  before: Entity,
): void {
  const changes = (name: string) => name in given && name in before && given[name] !== before[name];
  if (unique?.includes("domain_id") && changes("domain_id")) {
    const isRole = plural === "roles";
    throw badRequest(isRole ? "Update of `domain_id` is not allowed." : "Cannot change Domain ID");
  }
  if (plural === "projects" && changes("parent_id")) {
    throw problem(403, "Update of `parent_id` is not allowed.");
  }
}

const optionsOf = (record: Readonly<Record<string, unknown>>): object =>
  typeof record.options === "object" && record.options !== null ? record.options : {};

const withoutNulls = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

export function updateReply(kind: Kind, call: AuthorizedCall): Reply {
  const entity = update(kind, call);
  const { known } = kind;
  const others = Object.entries(entity).filter(([name]) => !known?.includes(name));
  const more = known && { extra: Object.fromEntries(others) };
  return {
    status: 200,
    body: { [kind.singular]: { ...show(call.world, kind, entity), ...more } },
  };
}

function assertUnique(world: World, kind: Kind, entity: Entity): void {
  const { plural, singular, unique, storedAs = singular, taken = nameTaken } = kind;
  if (!unique) return;
  const match = Object.fromEntries(unique.map((name) => [name, entity[name]]));
  const others = [...world[plural].values()].filter(({ id }) => id !== entity.id);
  const found = findEntity(others, match);
  if (!found) return;
  throw conflict(`Conflict occurred attempting to store ${storedAs} - ${taken(found)}`);
}

function nameTaken({ name, domain_id }: Entity): string {
  const at = domain_id ? ` at domain ID ${domain_id}` : "";
  return `Duplicate entry found with name ${name}${at}.`;
}

/** Forgets a record, and who had roles on it or by it. */
export function remove(kind: Kind, { world, params }: AuthorizedCall): Entity {
  const entity = required(world, kind, params[`${kind.singular}_id`]);
  world[kind.plural].delete(entity.id);
  for (const assignment of world.assignments) {
    const { role, user, group, project, domain } = assignment;
    if ([role, user, group, project, domain].includes(entity.id)) {
      world.assignments.delete(assignment);
    }
  }
  return entity;
}

export const done: Reply = { status: 204 };
