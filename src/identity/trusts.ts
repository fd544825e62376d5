import { array, boolean, looseObject, nullish, number, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, holds, type Kind, save, show } from "./request.ts";
import { type Role, roleKind } from "./role.ts";

/** A trust, as the API has it: what one user lets another one do in the first one's place. */
export interface Trust {
  readonly id: string;
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  /** Whether the trustee then passes for the trustor. */
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

/** What a new trust is given; what the API does not know is kept too. It cannot be changed. */
export interface TrustCreate {
  /** Oneself. */
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  readonly impersonation: boolean;
  readonly project_id?: string | null | undefined;
  /** Roles on the project, by id or name: at least one if there is a project. */
  readonly roles?: readonly ({ readonly id: string } | { readonly name: string })[] | undefined;
  /** Default: never. */
  readonly expires_at?: string | Date | null | undefined;
  /** How many tokens may be made with it. Default: any number. */
  readonly remaining_uses?: number | null | undefined;
  readonly allow_redelegation?: boolean | undefined;
  readonly redelegation_count?: number | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A role that a trust lends: ids. */
export interface TrustRole {
  readonly trust: string;
  readonly role: string;
}

/** Which trusts to list: for who is not an administrator, one of the two has to be oneself. */
export interface TrustQuery {
  readonly trustor_user_id?: string | undefined;
  readonly trustee_user_id?: string | undefined;
}

const kind: Kind<Trust> = {
  one: "trust",
  many: "trusts",
  schema: looseObject({
    id: string(),
    trustor_user_id: string(),
    trustee_user_id: string(),
    impersonation: boolean(),
    project_id: nullish(string()),
    roles: nullish(array(roleKind.schema)),
    expires_at: nullish(string()),
    remaining_uses: nullish(number()),
    redelegated_trust_id: nullish(string()),
    redelegation_count: nullish(number()),
  }),
};

/**
 * Lists trusts, without their roles.
 *
 * @throws {ForbiddenError} without a filter that is about oneself, unless one is an administrator.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-trusts
 * @example
 * const given = await trusts.list(session, { trustor_user_id: user });
 */
export function list(
  session: Session,
  { trustor_user_id, trustee_user_id }: TrustQuery = {},
  options?: CallOptions,
): Listing<Trust> {
  // With any other filter the server finds none.
  const query = { trustor_user_id, trustee_user_id };
  return listing(session, kind, path`OS-TRUST/trusts`, query, options);
}

/**
 * Gets a trust by id.
 *
 * @throws {NotFoundError} if there is none, or none that is still good.
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
 * @throws {ForbiddenError} if the trustor is not oneself, or has not such a role, or uses an
 * application credential.
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
  return save(session, "post", kind, path`OS-TRUST/trusts`, trust, options);
}

/**
 * Deletes a trust. The tokens that were made with it end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#delete-trust
 * @example
 * await trusts.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`OS-TRUST/trusts/${id}`, options);
}

/**
 * Lists the roles that a trust lends.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-roles-delegated-by-a-trust
 * @example
 * const names = (await trusts.roles(session, id)).map(({ name }) => name);
 */
export function roles(session: Session, id: string, options?: CallOptions): Listing<Role> {
  return listing(session, roleKind, path`OS-TRUST/trusts/${id}/roles`, {}, options);
}

/**
 * Whether a trust lends a role.
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
  const { trust, role } = given(lent, "lent");
  return holds(session, path`OS-TRUST/trusts/${trust}/roles/${role}`, options);
}

export { remove as delete };
