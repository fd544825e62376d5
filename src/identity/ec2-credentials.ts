import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import { attributes } from "./shared/attributes.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, show } from "./shared/requests.ts";
import { id, maybe, text } from "./shared/shapes.ts";

/** An EC2 credential of a user, as the API has it. It has no id, but is known by `access`. */
export interface Ec2Credential {
  readonly access: string;
  readonly secret: string;
  readonly user_id: string;
  /** The project that it is for. */
  readonly tenant_id?: string | null | undefined;
  readonly trust_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** The attributes of a new EC2 credential. */
export interface Ec2CredentialCreate {
  /** The id of the project that it is for. */
  readonly tenant_id: string;
}

const kind: Kind<Ec2Credential> = {
  one: "credential",
  many: "credentials",
  schema: looseObject({
    access: id,
    secret: text,
    user_id: text,
    tenant_id: maybe(string()),
    trust_id: maybe(string()),
  }),
};

/**
 * Lists a user's EC2 credentials, with their secrets.
 *
 * @throws {ForbiddenError} if it is another user, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-credentials
 * @example
 * for (const { access } of await ec2Credentials.list(session, user)) console.log(access);
 */
export function list(
  session: Session,
  user: string,
  options?: CallOptions,
): Listing<Ec2Credential> {
  return listing(session, { kind, path: path`users/${user}/credentials/OS-EC2`, options });
}

/**
 * Gets an EC2 credential by its access key.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-credential-details
 * @example
 * const { secret, tenant_id } = await ec2Credentials.get(session, user, access);
 */
export async function get(
  session: Session,
  user: string,
  access: string,
  options?: CallOptions,
): Promise<Ec2Credential> {
  return show(session, kind, path`users/${user}/credentials/OS-EC2/${access}`, options);
}

/**
 * Creates an EC2 credential; the server generates its key and its secret.
 *
 * @throws {NotFoundError} if there is no such user or project.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-credential
 * @example
 * const { access, secret } = await ec2Credentials.create(session, user, { tenant_id: project });
 */
export async function create(
  session: Session,
  user: string,
  credential: Ec2CredentialCreate,
  options?: CallOptions,
): Promise<Ec2Credential> {
  // The only body of the API without an envelope.
  return show(session, kind, path`users/${user}/credentials/OS-EC2`, options, {
    method: "post",
    json: attributes(credential, "credential"),
  });
}

/**
 * Deletes an EC2 credential by its access key.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-credential
 * @example
 * await ec2Credentials.delete(session, user, access);
 */
async function remove(
  session: Session,
  user: string,
  access: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`users/${user}/credentials/OS-EC2/${access}`, options);
}

export { remove as delete };
