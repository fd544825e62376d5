import { looseObject, number, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import { type Role, roleKind } from "./records/role.ts";
import type { Open } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import { expectObject } from "./shared/expect-object.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { Reference } from "./shared/reference.ts";
import { erase, holds, save, show } from "./shared/requests.ts";
import { type HandedRole, roleList } from "./shared/role-list.ts";
import { flagOrFalse, id, maybe, maybeListOf, text, time } from "./shared/shapes.ts";

/** A trust, as the API has it: what one user, the trustor, delegates to another, the trustee. */
export interface Trust {
  readonly id: string;
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  /** Whether the trustee then acts under the trustor's name. */
  readonly impersonation: boolean;
  readonly project_id?: string | null | undefined;
  /** Not in lists. */
  readonly roles?: readonly Role[] | null | undefined;
  readonly expires_at?: string | null | undefined;
  readonly remaining_uses?: number | null | undefined;
  readonly redelegated_trust_id?: string | null | undefined;
  readonly redelegation_count?: number | null | undefined;
  readonly [attribute: string]: unknown;
}

/**
 * The attributes of a new trust; what the API does not know is kept too. A trust cannot be changed.
 */
export type TrustCreate = Open<{
  /** The session's own user. */
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  readonly impersonation: boolean;
  readonly project_id?: string | null | undefined;
  /** Roles on the project, by id or name: at least one, if there is a project. */
  readonly roles?: readonly HandedRole[] | null | undefined;
  /** Default: never. */
  readonly expires_at?: string | Date | null | undefined;
  /** How many tokens may be obtained with it. Default: any number. */
  readonly remaining_uses?: number | null | undefined;
  readonly allow_redelegation?: boolean | null | undefined;
  readonly redelegation_count?: number | null | undefined;
}>;

/** A role that a trust delegates: ids. */
export interface TrustRole {
  readonly trust: string;
  readonly role: string;
}

/**
 * Which trusts to list: unless the session's user is an administrator, one of the two must be that
 * user.
 */
export interface TrustQuery {
  readonly trustor_user_id?: Reference | undefined;
  readonly trustee_user_id?: Reference | undefined;
}

const filters: Filters<TrustQuery> = Object.freeze({
  trustor_user_id: "user",
  trustee_user_id: "user",
});

const kind: Kind<Trust> = {
  one: "trust",
  many: "trusts",
  schema: looseObject({
    id,
    trustor_user_id: text,
    trustee_user_id: text,
    impersonation: flagOrFalse,
    project_id: maybe(string()),
    roles: maybeListOf(roleKind.schema),
    expires_at: time,
    remaining_uses: maybe(number()),
    redelegated_trust_id: maybe(string()),
    redelegation_count: maybe(number()),
  }),
};

/**
 * Lists trusts, without their roles.
 *
 * @throws {ForbiddenError} without a filter for the session's own user, except for an administrator.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-trusts
 * @example
 * const given = await trusts.list(session, { trustor_user_id: user });
 */
export function list(session: Session, query?: TrustQuery, options?: CallOptions): Listing<Trust> {
  return listing(session, { kind, path: path`OS-TRUST/trusts`, query, filters, options });
}

/**
 * Gets a trust by id.
 *
 * @throws {NotFoundError} if there is none, or it is no longer valid.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#get-trust
 * @example
 * const { trustor_user_id, roles } = await trusts.get(session, id);
 */
export async function get(session: Session, id: string, options?: CallOptions): Promise<Trust> {
  return show(session, kind, path`OS-TRUST/trusts/${id}`, options);
}

/**
 * Creates a trust: the trustee may then log in with the scope `{ trust: { id } }`.
 *
 * @throws {ForbiddenError} if the trustor is not the session's user, does not have such a role, or
 * uses a restricted application credential.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#create-trust
 * @example
 * const { id } = await trusts.create(session, {
 *   trustor_user_id: user,
 *   trustee_user_id: trustee,
 *   impersonation: false,
 *   project_id: project,
 *   roles: [{ name: "member" }],
 * });
 */
export async function create(
  session: Session,
  trust: TrustCreate,
  options?: CallOptions,
): Promise<Trust> {
  const { roles, ...rest } = expectObject(trust, "trust");
  const body = { ...rest, ...roleList(roles, "trust.roles") };
  return save(session, "post", kind, path`OS-TRUST/trusts`, body, options);
}

/**
 * Deletes a trust. The tokens that were made with it end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-trust
 * @example
 * await trusts.delete(session, id);
 */
async function remove(session: Session, id: string, options?: DeleteOptions): Promise<void> {
  return erase(session, path`OS-TRUST/trusts/${id}`, options);
}

/**
 * Lists the roles that a trust delegates.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-roles-delegated-by-a-trust
 * @example
 * const names = (await trusts.roles(session, id)).map(({ name }) => name);
 */
export function roles(session: Session, id: string, options?: CallOptions): Listing<Role> {
  return listing(session, { kind: roleKind, path: path`OS-TRUST/trusts/${id}/roles`, options });
}

/**
 * Whether a trust delegates a role.
 *
 * @throws {ForbiddenError} if the trust is between others.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#check-if-a-role-is-delegated-by-a-trust
 * @example
 * const lent = await trusts.check(session, { trust, role });
 */
export async function check(
  session: Session,
  lent: TrustRole,
  options?: CallOptions,
): Promise<boolean> {
  const { trust, role } = expectObject(lent, "lent");
  return holds(session, path`OS-TRUST/trusts/${trust}/roles/${role}`, options);
}

export { remove as delete };
