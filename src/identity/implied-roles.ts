import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Role } from "./records/role.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, holds, show } from "./shared/requests.ts";
import { noRetry } from "./shared/send.ts";
import { id, listOf, maybe, text } from "./shared/shapes.ts";

/** What the API says about a role here. */
export type InferredRole = Pick<Role, "id" | "name" | "description"> & {
  readonly [attribute: string]: unknown;
};

/** A role with those that it implies, as the API has it. */
export interface RoleInference {
  readonly prior_role: InferredRole;
  readonly implies: readonly InferredRole[];
  readonly [attribute: string]: unknown;
}

/** An implication of one role by another, as the API has it. */
export interface ImpliedRole {
  readonly prior_role: InferredRole;
  readonly implies: InferredRole;
  readonly [attribute: string]: unknown;
}

const role = looseObject({ id, name: text, description: maybe(string()) });

const inference: Kind<RoleInference> = {
  one: "role_inference",
  many: "role_inferences",
  schema: looseObject({ prior_role: role, implies: listOf(role) }),
};

const implied = {
  one: "role_inference",
  schema: looseObject({ prior_role: role, implies: role }),
};

/**
 * Lists all roles that imply others, with what each implies directly. Implication is transitive: if a
 * first role implies a second, and the second a third, whoever has the first has the third as well.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-all-role-inference-rules
 * @example
 * for (const { prior_role, implies } of await impliedRoles.list(session)) {
 *   console.log(prior_role.name, implies.map(({ name }) => name));
 * }
 */
export function list(session: Session, options?: CallOptions): Listing<RoleInference> {
  return listing(session, { kind: inference, path: path`role_inferences`, options });
}

/**
 * Gets a role with those that it implies.
 *
 * @throws {NotFoundError} if there is no such role.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-implied-inference-roles-for-role
 * @example
 * const admin = await roles.find(session, "admin");
 * const { implies } = await impliedRoles.ofRole(session, admin.id);
 */
export async function ofRole(
  session: Session,
  prior: string,
  options?: CallOptions,
): Promise<RoleInference> {
  return show(session, inference, path`roles/${prior}/implies`, options);
}

/**
 * Gets one implication: a role, and one that it implies.
 *
 * @throws {NotFoundError} if there is no such implication.
 * @see https://docs.openstack.org/api-ref/identity/v3/#get-role-inference-rule
 * @example
 * const admin = await roles.find(session, "admin");
 * const member = await roles.find(session, "member");
 * const { implies } = await impliedRoles.get(session, admin.id, member.id);
 */
export async function get(
  session: Session,
  prior: string,
  impliedRole: string,
  options?: CallOptions,
): Promise<ImpliedRole> {
  return show(session, implied, path`roles/${prior}/implies/${impliedRole}`, options);
}

/**
 * Whether one role implies another directly.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#confirm-role-inference-rule
 * @example
 * const admin = await roles.find(session, "admin");
 * const reader = await roles.find(session, "reader");
 * console.log(await impliedRoles.check(session, admin.id, reader.id)); // false: only by way of member
 */
export async function check(
  session: Session,
  prior: string,
  impliedRole: string,
  options?: CallOptions,
): Promise<boolean> {
  return holds(session, path`roles/${prior}/implies/${impliedRole}`, options);
}

/**
 * Makes one role imply another: from now on, whoever has the first has the second in the same place.
 *
 * @throws {ConflictError} if it does already.
 * @throws {NotFoundError} if there is no such role.
 * @throws {ForbiddenError} without a role for it, or if that role may not be implied.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-role-inference-rule
 * @example
 * const operator = await roles.create(session, { name: `operator ${Date.now()}` });
 * const reader = await roles.find(session, "reader");
 * await impliedRoles.create(session, operator.id, reader.id);
 * await roles.delete(session, operator.id);
 */
export async function create(
  session: Session,
  prior: string,
  impliedRole: string,
  options?: CallOptions,
): Promise<ImpliedRole> {
  const address = path`roles/${prior}/implies/${impliedRole}`;
  return show(session, implied, address, options, { method: "put", ...noRetry });
}

/**
 * Ends an implication.
 *
 * @throws {NotFoundError} if there is no such implication.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-role-inference-rule
 * @example
 * const operator = await roles.create(session, { name: `operator ${Date.now()}` });
 * const reader = await roles.find(session, "reader");
 * await impliedRoles.create(session, operator.id, reader.id);
 * await impliedRoles.delete(session, operator.id, reader.id);
 * await roles.delete(session, operator.id);
 */
async function remove(
  session: Session,
  prior: string,
  impliedRole: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`roles/${prior}/implies/${impliedRole}`, options);
}

export { remove as delete };
