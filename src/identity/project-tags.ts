import { array, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { path } from "./shared/path.ts";
import { act, erase, holds, show } from "./shared/requests.ts";
import { noRetry } from "./shared/send.ts";

const kind = { one: "tags", schema: array(string()) };

/**
 * Gets a project's tags.
 *
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-tags-for-a-project
 * @example
 * const { id } = await projects.find(session, "web");
 * console.log(await projects.tags(session, id));
 */
export async function tags(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<readonly string[]> {
  return show(session, kind, path`projects/${id}/tags`, options);
}

/**
 * Replaces a project's tags: up to 80, each of at most 255 characters, without commas and slashes.
 *
 * @returns the new tags
 * @throws {BadRequestError} if a tag is not valid.
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#modify-tag-list-for-a-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}` });
 * await projects.setTags(session, id, ["shop", "production"]);
 * await projects.delete(session, id);
 */
export async function setTags(
  session: Session,
  id: string,
  tags: readonly string[],
  options?: CallOptions,
): Promise<readonly string[]> {
  const parts = { method: "put", json: { tags } } as const;
  return show(session, kind, path`projects/${id}/tags`, options, parts);
}

/**
 * Adds a tag to a project.
 *
 * @throws {BadRequestError} if it already has that tag, or 80 others.
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#add-single-tag-to-a-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}` });
 * await projects.addTag(session, id, "shop");
 * await projects.delete(session, id);
 */
export async function addTag(
  session: Session,
  id: string,
  tag: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, path`projects/${id}/tags/${tag}`, options, { method: "put", ...noRetry });
}

/**
 * Takes a tag from a project.
 *
 * @throws {NotFoundError} if it does not have it, or there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-single-tag-from-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}`, tags: ["test"] });
 * await projects.removeTag(session, id, "test");
 * await projects.delete(session, id);
 */
export async function removeTag(
  session: Session,
  id: string,
  tag: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`projects/${id}/tags/${tag}`, options);
}

/**
 * Whether a project has a tag. Also false if there is no such project.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#check-if-project-contains-tag
 * @example
 * const { id } = await projects.find(session, "web");
 * if (await projects.hasTag(session, id, "shop")) console.log("one of the shops");
 */
export async function hasTag(
  session: Session,
  id: string,
  tag: string,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, path`projects/${id}/tags/${tag}`, options);
}

/**
 * Takes all tags from a project.
 *
 * @throws {NotFoundError} if there is no such project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#remove-all-tags-from-a-project
 * @example
 * const { id } = await projects.create(session, { name: `shop ${Date.now()}`, tags: ["test"] });
 * await projects.clearTags(session, id);
 * await projects.delete(session, id);
 */
export async function clearTags(
  session: Session,
  id: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`projects/${id}/tags`, options);
}
