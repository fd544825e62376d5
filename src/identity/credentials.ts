import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Open } from "./shared/attributes.ts";
import { type DeleteOptions, type PasscodeOptions, withPasscode } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import type { Reference } from "./shared/reference.ts";
import { erase, save, show } from "./shared/requests.ts";
import { id, maybe, text } from "./shared/shapes.ts";

/** A credential, as the API has it. */
export interface Credential {
  readonly id: string;
  /** `"totp"`, `"ec2"`, `"cert"` or whatever else an operator uses. */
  readonly type: string;
  /**
   * The secret itself, in the form that the type requires: Base32 for TOTP, JSON for EC2. Keystone
   * 2026.2 and newer never show a TOTP credential's again.
   */
  readonly blob?: string | null | undefined;
  readonly user_id: string;
  readonly project_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new credential; unknown ones are kept, too. */
export type CredentialCreate = Open<{
  readonly type: string;
  readonly blob: string;
  readonly user_id: string;
  /** Required for an EC2 credential. */
  readonly project_id?: string | null | undefined;
}>;

/** The attributes of a credential that can be changed: newer servers accept only the blob. */
export type CredentialUpdate = Open<{
  readonly blob?: string | null | undefined;
}>;

/** Which credentials to list. */
export interface CredentialQuery {
  readonly user_id?: Reference | undefined;
  readonly type?: string | undefined;
}

const filters: Filters<CredentialQuery> = Object.freeze({ user_id: "user", type: "plain" });

const kind: Kind<Credential> = {
  one: "credential",
  many: "credentials",
  schema: looseObject({
    id,
    type: text,
    blob: maybe(string()),
    user_id: text,
    project_id: maybe(string()),
  }),
};

/**
 * Lists credentials; those that the token's user may not see are left out.
 *
 * @throws {UnauthorizedError} without a token; any token will do.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-credentials
 * @example
 * const totp = await credentials.list(session, { user_id: user, type: "totp" });
 */
export function list(
  session: Session,
  query?: CredentialQuery,
  options?: CallOptions,
): Listing<Credential> {
  return listing(session, { kind, path: path`credentials`, query, filters, options });
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
 * @param options with a `passcode`, for TOTP credentials of users with multi-factor rules on Keystone
 * 2026.2 or newer
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
  options?: PasscodeOptions,
): Promise<Credential> {
  return save(session, "post", kind, path`credentials`, credential, options, withPasscode(options));
}

/**
 * Changes attributes of a credential, and leaves the others.
 *
 * @param options with a `passcode`, for TOTP credentials of users with multi-factor rules on Keystone
 * 2026.2 or newer
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#update-credential
 * @example
 * await credentials.update(session, id, { blob: "ORSXG5BAORSXG5BAORSXG5A" });
 */
export async function update(
  session: Session,
  id: string,
  changes: CredentialUpdate,
  options?: PasscodeOptions,
): Promise<Credential> {
  return save(
    session,
    "patch",
    kind,
    path`credentials/${id}`,
    changes,
    options,
    withPasscode(options),
  );
}

/**
 * Deletes a credential.
 *
 * @param options with a `passcode`, for TOTP credentials of users with multi-factor rules on Keystone
 * 2026.2 or newer
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-credential
 * @example
 * await credentials.delete(session, id);
 */
async function remove(
  session: Session,
  id: string,
  options?: DeleteOptions & PasscodeOptions,
): Promise<void> {
  return erase(session, path`credentials/${id}`, options, withPasscode(options));
}

export { remove as delete };
