import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { given } from "./given.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, show } from "./request.ts";

/** An EC2 credential of a user, as the API has it. It has no id: `access` is what it is known by. */
export interface Ec2Credential {
  readonly access: string;
  readonly secret: string;
  readonly user_id: string;
  /** The project that it is for. */
  readonly tenant_id?: string | null | undefined;
  readonly trust_id?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** What a new EC2 credential is given. */
export interface Ec2CredentialCreate {
  /** The id of the project that it is for. */
  readonly tenant_id: string;
}

const kind: Kind<Ec2Credential> = {
  one: "credential",
  many: "credentials",
  schema: looseObject({
    access: string(),
    secret: string(),
    user_id: string(),
    tenant_id: nullish(string()),
    trust_id: nullish(string()),
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
  return listing(session, kind, path`users/${user}/credentials/OS-EC2`, {}, options);
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
 * Creates an EC2 credential; the server makes up its key and its secret.
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
  // The one body of the API without an envelope.
  return show(
    session,
    kind,
    path`users/${user}/credentials/OS-EC2`,
    { ...options, json: given(credential, "credential") },
    "post",
  );
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
  options?: CallOptions,
): Promise<void> {
  return act(session, "delete", path`users/${user}/credentials/OS-EC2/${access}`, options);
}

export { remove as delete };
