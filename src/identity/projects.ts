import { looseObject } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Project, projectEntries, projectKind } from "./records/project.ts";
import type { ResourceOptions } from "./records/resource-options.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters, Inexact, Paging } from "./shared/filters.ts";
import { type FindOptions, find as findOne } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { DomainReference, Reference } from "./shared/reference.ts";
import { erase, save, show } from "./shared/requests.ts";
import { searchParams } from "./shared/search-params.ts";
import { maybe, maybeListOf } from "./shared/shapes.ts";

export { addTag, clearTags, hasTag, removeTag, setTags, tags } from "./project-tags.ts";
export type { Project };

/** The attributes of a new project; unknown ones are kept, too. */
export type ProjectCreate = Open<{
  readonly name: string;
  /** Default: the parent's domain, or the token's. */
  readonly domain_id?: string | null | undefined;
  /** The project above it. Default: none; the project is then directly below its domain. */
  readonly parent_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** Default: true. Nobody gets a token for a disabled project. */
  readonly enabled?: boolean | null | undefined;
  /** Whether it is a domain itself. Default: false. */
  readonly is_domain?: boolean | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly options?: ResourceOptions | null | undefined;
}>;

/** The attributes of a project that can be changed. Its domain and its parent stay. */
export type ProjectUpdate = Partial<ProjectCreate>;

/** Which projects to list. */
export interface ProjectQuery extends Paging, Inexact<"name"> {
  readonly domain_id?: DomainReference | undefined;
  readonly enabled?: boolean | undefined;
  readonly name?: string | undefined;
  /** Those directly below it: a project or a domain. */
  readonly parent_id?: Reference | undefined;
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
}

const filters: Filters<ProjectQuery> = Object.freeze({
  domain_id: "domain",
  enabled: "plain",
  name: "inexact",
  parent_id: "project",
  is_domain: "plain",
  tags: "tags",
  "tags-any": "tags",
  "not-tags": "tags",
  "not-tags-any": "tags",
  limit: "paging",
  marker: "paging",
});

/** What to return about the projects above and below one: as a list or as ids, not both. */
export interface ProjectGetOptions extends CallOptions {
  /** `parents`: those above it on which the token's user has a role. */
  readonly parents_as_list?: boolean | undefined;
  /** `parents`: the ids of all above it. */
  readonly parents_as_ids?: boolean | undefined;
  /** `subtree`: those below it on which the token's user has a role. */
  readonly subtree_as_list?: boolean | undefined;
  /** `subtree`: the ids of all below it. */
  readonly subtree_as_ids?: boolean | undefined;
  /** Whether to include the `limits` of each in a list. */
  readonly include_limits?: boolean | undefined;
}

const flags: Filters<Omit<ProjectGetOptions, "signal">> = Object.freeze({
  parents_as_list: "flag",
  parents_as_ids: "flag",
  subtree_as_list: "flag",
  subtree_as_ids: "flag",
  include_limits: "flag",
});

const relatives = maybeListOf(looseObject({ project: projectKind.schema }));

/** The ids of projects, each with those next to it. */
export interface ProjectTree {
  readonly [id: string]: ProjectTree | null;
}

type Relatives<List, Ids> = List extends true
  ? readonly { readonly project: Project }[]
  : Ids extends true
    ? ProjectTree | null
    : unknown;

/** A project, with the requested projects above and below it. */
export type ProjectWith<Options extends ProjectGetOptions> = Project & {
  readonly parents?: Relatives<Options["parents_as_list"], Options["parents_as_ids"]>;
  readonly subtree?: Relatives<Options["subtree_as_list"], Options["subtree_as_ids"]>;
};

/**
 * Lists projects of every domain that the token may see, as an administrator does. For those that the
 * session's user may scope to, see `session.projects()`.
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
  return listing(session, {
    kind: projectKind,
    path: path`projects`,
    query,
    filters,
    paged: true,
    own: "domain_id",
    options,
  });
}

/**
 * Gets a project by id and, if requested, the projects above and below it.
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
  const { signal: _, ...query }: ProjectGetOptions = options ?? {};
  const schema = looseObject({
    ...projectEntries,
    parents: query.parents_as_list ? relatives : maybe(looseObject({})),
    subtree: query.subtree_as_list ? relatives : maybe(looseObject({})),
  });
  const parts = { searchParams: searchParams(query, flags), options: Object.keys(flags) };
  const kind = { ...projectKind, schema };
  const project = await show(session, kind, path`projects/${id}`, options, parts);
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
  nameOrId: Reference,
  options?: FindOptions,
): Promise<Project> {
  return findOne(
    session,
    {
      what: "project",
      inDomain: true,
      get: (id, options) => get(session, id, options),
      named: (name, options, domain_id) => list(session, { name, domain_id }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates a project. Nobody has a role on it yet, not even its creator: see `roles.assign()`.
 *
 * @throws {ConflictError} if the domain already has one with that name.
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
 * Changes attributes of a project, and leaves the others. If it is disabled, all its tokens end.
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
 * Deletes a project. What other services keep for it, such as servers and volumes, stays there.
 *
 * @throws {ForbiddenError} if there are projects below it: delete these first.
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}` });
 * await projects.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`projects/${id}`, options);
}

export { remove as delete };
