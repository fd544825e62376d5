import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, show } from "./request.ts";

/** A credential, as the API has it. */
export interface Credential {
  readonly id: string;
  /** `"totp"`, `"ec2"`, `"cert"` or what else an operator has use for. */
  readonly type: string;
  /** The secret itself, in the form that the type has: Base32 for TOTP, JSON for EC2. */
  readonly blob: string;
  readonly user_id: string;
  readonly project_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What a new credential may be given; what the API does not know is kept too. */
export interface CredentialCreate {
  readonly type: string;
  readonly blob: string;
  readonly user_id: string;
  /** For an EC2 credential it has to be there. */
  readonly project_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What may be changed of a credential: newer servers take nothing but the blob. */
export interface CredentialUpdate {
  readonly blob: string;
  readonly [attribute: string]: unknown;
}

/** Which credentials to list. */
export interface CredentialQuery {
  readonly user_id?: string | undefined;
  readonly type?: string | undefined;
}

const kind: Kind<Credential> = {
  one: "credential",
  many: "credentials",
  schema: looseObject({
    id: string(),
    type: string(),
    blob: string(),
    user_id: string(),
    project_id: nullish(string()),
  }),
};

/**
 * Lists credentials; those that are no business of the token's user are left out.
 *
 * @throws {UnauthorizedError} without a token; any is good enough.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-credentials
 * @example
 * const totp = await credentials.list(session, { user_id: user, type: "totp" });
 */
export function list(
  session: Session,
  query?: CredentialQuery,
  options?: CallOptions,
): Listing<Credential> {
  return listing(session, kind, path`credentials`, query, options);
}

/**
 * Gets a credential by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-credential-details
 * @example
 * const { type, user_id } = await credentials.get(session, id);
 */
export async function get(
  session: Session,
  id: string,
  options?: CallOptions,
): Promise<Credential> {
  return show(session, kind, path`credentials/${id}`, options);
}

/**
 * Creates a credential.
 *
 * @throws {ConflictError} if there is an EC2 credential with that access key.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-credential
 * @example
 * const { id } = await credentials.create(session, {
 *   user_id: user,
 *   type: "totp",
 *   blob: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
 * });
 */
export async function create(
  session: Session,
  credential: CredentialCreate,
  options?: CallOptions,
): Promise<Credential> {
  return save(session, "post", kind, path`credentials`, credential, options);
}

/**
 * Changes attributes of a credential, and leaves the others.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-credential
 * @example
 * await credentials.update(session, id, { blob: "ORSXG5BAORSXG5BAORSXG5A" });
 */
export async function update(
  session: Session,
  id: string,
  changes: CredentialUpdate,
  options?: CallOptions,
): Promise<Credential> {
  return save(session, "patch", kind, path`credentials/${id}`, changes, options);
}

/**
 * Deletes a credential.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-credential
 * @example
 * await credentials.delete(session, id);
 */
async function remove(session: Session, id: string, options?: CallOptions): Promise<void> {
  return act(session, "delete", path`credentials/${id}`, options);
}

export { remove as delete };
