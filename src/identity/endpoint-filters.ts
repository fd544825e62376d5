import type { CallOptions, Session } from "../session/contract.ts";
import { type Endpoint, endpointKind } from "./records/endpoint.ts";
import { type EndpointGroup, endpointGroupKind } from "./records/endpoint-group.ts";
import { type Project, projectKind } from "./records/project.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectKnown } from "./shared/expect-known.ts";
import { expectObject, expectOne } from "./shared/expect-object.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { act, erase, holds } from "./shared/requests.ts";
import { noRetry } from "./shared/send.ts";

/** An endpoint, or all that are in a group: an id. */
export type EndpointOrGroup =
  | { readonly endpoint: string; readonly endpointGroup?: undefined }
  | { readonly endpoint?: undefined; readonly endpointGroup: string };

/** What is put into a project's catalog: ids. */
export type EndpointFilter = EndpointOrGroup & { readonly project: string };

/**
 * Puts an endpoint, or those of a group, into a project's catalog. If the cloud is configured that
 * way, the catalog then holds only what was put there.
 *
 * @throws {OptionsError} unless there is one of `endpoint` and `endpointGroup`.
 * @throws {NotFoundError} if there is no such project, endpoint or group.
 * @throws {ConflictError} if it is already there.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-association
 * @example
 * await endpointFilters.assign(session, { project, endpoint });
 */
export async function assign(
  session: Session,
  filter: EndpointFilter,
  options?: CallOptions,
): Promise<void> {
  return act(session, place(filter), options, { method: "put", ...noRetry });
}

/**
 * Takes an endpoint, or those of a group, out of a project's catalog again.
 *
 * @throws {OptionsError} as `assign()`.
 * @throws {NotFoundError} if it was not put there.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-association
 * @example
 * await endpointFilters.unassign(session, { project, endpointGroup });
 */
export async function unassign(
  session: Session,
  filter: EndpointFilter,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, place(filter), options);
}

/**
 * Whether an endpoint, or a group, was put into a project's catalog.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#check-association
 * @example
 * const there = await endpointFilters.check(session, { project, endpoint });
 */
export async function check(
  session: Session,
  filter: EndpointFilter,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, place(filter), options);
}

/**
 * Lists the endpoints that were put into a project's catalog, by themselves or by a group.
 *
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-associations-for-project
 * @example
 * for (const { url } of await endpointFilters.endpoints(session, project)) console.log(url);
 */
export function endpoints(
  session: Session,
  project: string,
  options?: CallOptions,
): Listing<Endpoint> {
  return listing(session, {
    kind: endpointKind,
    path: path`OS-EP-FILTER/projects/${project}/endpoints`,
    options,
  });
}

/**
 * Lists the endpoint groups that were put into a project's catalog.
 *
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-endpoint-groups-associated-with-project
 * @example
 * const groups = await endpointFilters.endpointGroups(session, project);
 */
export function endpointGroups(
  session: Session,
  project: string,
  options?: CallOptions,
): Listing<EndpointGroup> {
  return listing(session, {
    kind: endpointGroupKind,
    path: path`OS-EP-FILTER/projects/${project}/endpoint_groups`,
    options,
  });
}

/**
 * Lists the projects into whose catalogs an endpoint, or a group, was put.
 *
 * @throws {NotFoundError} if there is no such endpoint or group.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-projects-associated-with-endpoint
 * @example
 * const names = (await endpointFilters.projects(session, { endpoint })).map(({ name }) => name);
 */
export function projects(
  session: Session,
  what: EndpointOrGroup,
  options?: CallOptions,
): Listing<Project> {
  return listing(session, { kind: projectKind, path: `${member(what)}/projects`, options });
}

function member(what: EndpointOrGroup): string {
  expectKnown(expectObject(what, "filter"), ["project", "endpoint", "endpointGroup"], "filter");
  const { endpoint, endpointGroup } = what;
  expectOne("filter", { endpoint, endpointGroup });
  return endpoint === undefined
    ? path`OS-EP-FILTER/endpoint_groups/${endpointGroup}`
    : path`OS-EP-FILTER/endpoints/${endpoint}`;
}

function place(filter: EndpointFilter): string {
  const { project, endpoint } = expectObject(filter, "filter");
  const what = member(filter);
  return endpoint === undefined
    ? what + path`/projects/${project}`
    : path`OS-EP-FILTER/projects/${project}/endpoints/${endpoint}`;
}
