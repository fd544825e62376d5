import { array, looseObject, nullish } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type FindOptions, find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { type Project, projectEntries, projectKind } from "./project.ts";
import { type Inexact, searchParams } from "./query.ts";
import { act, save, show } from "./request.ts";
import type { ResourceOptions } from "./resource-options.ts";

export { addTag, clearTags, hasTag, removeTag, setTags, tags } from "./project-tags.ts";
export type { Project };

/** What a new project may be given; what the API does not know is kept too. */
export interface ProjectCreate {
  readonly name: string;
  /** Default: the parent's domain, or the token's. */
  readonly domain_id?: string | null | undefined;
  /** The project above it. Default: none, so that it stands right below its domain. */
  readonly parent_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** Default: true. Nobody gets a token for one that is not. */
  readonly enabled?: boolean | undefined;
  /** Whether it is a domain itself. Default: false. */
  readonly is_domain?: boolean | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly options?: ResourceOptions | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a project. Its domain and its parent stay. */
export type ProjectUpdate = Partial<ProjectCreate>;

/** Which projects to list. */
export interface ProjectQuery extends Inexact<"name"> {
  readonly domain_id?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  readonly parent_id?: string | undefined;
  /** Whether to list domains instead. */
  readonly is_domain?: boolean | undefined;
  /** Those that have all of these. */
  readonly tags?: readonly string[] | undefined;
  /** Those that have one of these. */
  readonly "tags-any"?: readonly string[] | undefined;
  /** Those that do not have all of these. */
  readonly "not-tags"?: readonly string[] | undefined;
  /** Those that have none of these. */
  readonly "not-tags-any"?: readonly string[] | undefined;
  /** Records a page. Default 500. */
  readonly limit?: number | undefined;
}

/** What to tell of the projects above and below one: as a list or as ids, not both. */
export interface ProjectGetOptions extends CallOptions {
  /** `parents`: those above it on which the token's user has a role. */
  readonly parents_as_list?: boolean | undefined;
  /** `parents`: the ids of all above it. */
  readonly parents_as_ids?: boolean | undefined;
  /** `subtree`: those below it on which the token's user has a role. */
  readonly subtree_as_list?: boolean | undefined;
  /** `subtree`: the ids of all below it. */
  readonly subtree_as_ids?: boolean | undefined;
  /** Whether each in a list has its `limits`. */
  readonly include_limits?: boolean | undefined;
}

/** The ids of projects, each with those next to it. */
export interface ProjectTree {
  readonly [id: string]: ProjectTree | null;
}

type Relatives<List, Ids> = List extends true
  ? readonly { readonly project: Project }[]
  : Ids extends true
    ? ProjectTree | null
    : unknown;

/** A project, with what was asked for of those above and below it. */
export type ProjectWith<Options extends ProjectGetOptions> = Project & {
  readonly parents?: Relatives<Options["parents_as_list"], Options["parents_as_ids"]>;
  readonly subtree?: Relatives<Options["subtree_as_list"], Options["subtree_as_ids"]>;
};

/**
 * Lists projects, of every domain that the token may see. Those that one may scope to are
 * `session.projects()`.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-projects
 * @example
 * const shops = await projects.list(session, { domain_id: "default", tags: ["shop"] });
 * console.log(shops.map(({ name }) => name));
 */
export function list(
  session: Session,
  query?: ProjectQuery,
  options?: CallOptions,
): Listing<Project> {
  return listing(session, { ...projectKind, pages: true }, path`projects`, query, options);
}

/**
 * Gets a project by id and, if asked for, the projects above and below it.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-project-details
 * @example
 * const { id } = await projects.find(session, "web");
 * const { name, subtree } = await projects.get(session, id, { subtree_as_ids: true });
 * console.log(name, Object.keys(subtree ?? {}));
 */
export async function get<Options extends ProjectGetOptions>(
  session: Session,
  id: string,
  options?: Options,
): Promise<ProjectWith<Options>> {
  const { signal, ...query } = { ...options };
  const relatives = (list: unknown) =>
    nullish(list ? array(looseObject({ project: projectKind.schema })) : looseObject({}));
  const schema = looseObject({
    ...projectEntries,
    parents: relatives(query.parents_as_list),
    subtree: relatives(query.subtree_as_list),
  });
  const flags = searchParams(query, Object.keys(query));
  const parts = { signal, searchParams: flags };
  const project = await show(session, { ...projectKind, schema }, path`projects/${id}`, parts);
  return project as ProjectWith<Options>;
}

/**
 * Finds a project by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @throws {ConflictError} if several have that name: give the domain.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-projects
 * @example
 * const { id } = await projects.find(session, "web", { domain: "default" });
 */
export async function find(
  session: Session,
  nameOrId: string,
  { domain, signal }: FindOptions = {},
): Promise<Project> {
  return findOne(
    "project",
    nameOrId,
    (id) => get(session, id, { signal }),
    (name) => list(session, { name, domain_id: domain }, { signal }),
    domain,
  );
}

/**
 * Creates a project. Nobody has a role on it yet, also not who created it: see `roles.assign()`.
 *
 * @throws {ConflictError} if the domain has one of that name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-project
 * @example
 * const shop = { name: `shop ${Date.now()}`, domain_id: "default", tags: ["shop"] };
 * const { id } = await projects.create(session, shop);
 * await projects.delete(session, id);
 */
export async function create(
  session: Session,
  project: ProjectCreate,
  options?: CallOptions,
): Promise<Project> {
  return save(session, "post", projectKind, path`projects`, project, options);
}

/**
 * Changes attributes of a project, and leaves the others. All tokens for one that is disabled end.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}` });
 * await projects.update(session, id, { enabled: false });
 * await projects.delete(session, id);
 */
export async function update(
  session: Session,
  id: string,
  changes: ProjectUpdate,
  options?: CallOptions,
): Promise<Project> {
  return save(session, "patch", projectKind, path`projects/${id}`, changes, options);
}

/**
 * Deletes a project. What other services keep for it stays there.
 *
 * @throws {ForbiddenError} if there are projects below it: delete these first.
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}` });
 * await projects.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`projects/${id}`, options);
}

export { remove as delete };
