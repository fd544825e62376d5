import { array, boolean, looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type AccessRule, accessRuleKind } from "./access-rule.ts";
import { find as findOne } from "./find.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import { act, type Kind, save, show } from "./request.ts";
import { type Role, roleKind } from "./role.ts";

/** An access rule of a new application credential: a new one, or the id of one that there is. */
export type NewAccessRule =
  | { readonly id: string }
  | { readonly service: string; readonly method: string; readonly path: string };

/** An application credential of a user, as the API has it. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  /** Null for one that was made with an unscoped token: it is of no use. */
  readonly project_id?: string | null | undefined;
  readonly user_id?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** UTC, although it has no zone; null: never. */
  readonly expires_at?: string | null | undefined;
  /** Whether it may make and delete application credentials and trusts itself. */
  readonly unrestricted?: boolean | null | undefined;
  readonly roles?: readonly Role[] | null | undefined;
  readonly access_rules?: readonly AccessRule[] | null | undefined;
  readonly [attribute: string]: unknown;
}

/** A new application credential. Its secret is told this once, and never again. */
export interface ApplicationCredentialCreated extends ApplicationCredential {
  readonly secret: string;
}

/** What a new application credential may be given. It cannot be changed afterwards. */
export interface ApplicationCredentialCreate {
  readonly name: string;
  /** Default: one that the server makes up. */
  readonly secret?: string | undefined;
  readonly description?: string | null | undefined;
  /** Default: never. */
  readonly expires_at?: string | Date | null | undefined;
  /** Roles of the token, by id or name. Default: all of them. */
  readonly roles?: readonly ({ readonly id: string } | { readonly name: string })[] | undefined;
  /** Default: false. */
  readonly unrestricted?: boolean | undefined;
  /** Default: it may be used for all. */
  readonly access_rules?: readonly NewAccessRule[] | undefined;
}

/** Which application credentials to list. */
export interface ApplicationCredentialQuery {
  readonly name?: string | undefined;
}

const entries = {
  id: string(),
  name: string(),
  project_id: nullish(string()),
  user_id: nullish(string()),
  description: nullish(string()),
  expires_at: nullish(string()),
  unrestricted: nullish(boolean()),
  roles: nullish(array(roleKind.schema)),
  access_rules: nullish(array(accessRuleKind.schema)),
};

const one = "application_credential";

const kind: Kind<ApplicationCredential> = {
  one,
  many: "application_credentials",
  schema: looseObject(entries),
};

const created = { one, schema: looseObject({ ...entries, secret: string() }) };

/**
 * Lists a user's application credentials.
 *
 * @throws {ForbiddenError} if it is another user, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-application-credentials
 * @example
 * for (const { name } of await applicationCredentials.list(session, user)) console.log(name);
 */
export function list(
  session: Session,
  user: string,
  query?: ApplicationCredentialQuery,
  options?: CallOptions,
): Listing<ApplicationCredential> {
  return listing(session, kind, path`users/${user}/application_credentials`, query, options);
}

/**
 * Gets an application credential by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-application-credential-details
 * @example
 * const { name, roles } = await applicationCredentials.get(session, user, id);
 */
export async function get(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<ApplicationCredential> {
  return show(session, kind, path`users/${user}/application_credentials/${id}`, options);
}

/**
 * Finds an application credential of a user by name or id.
 *
 * @throws {NotFoundError} if none has that id or name.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-application-credentials
 * @example
 * const { id } = await applicationCredentials.find(session, user, "backup");
 */
export async function find(
  session: Session,
  user: string,
  nameOrId: string,
  { signal }: CallOptions = {},
): Promise<ApplicationCredential> {
  return findOne(
    "application credential",
    nameOrId,
    (id) => get(session, user, id, { signal }),
    (name) => list(session, user, { name }, { signal }),
  );
}

/**
 * Creates an application credential for the project of the session's token, and for oneself only.
 * Its secret is in this answer and never again.
 *
 * @throws {ForbiddenError} for another user, and with an application credential that is not
 * unrestricted.
 * @throws {ConflictError} if the user has one of that name.
 * @throws {KeystoneError} with status 400 for a role that the token has not, or an end in the
 * past.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-application-credential
 * @example
 * const { id, secret } = await applicationCredentials.create(session, user, {
 *   name: "nightly",
 *   roles: [{ name: "reader" }],
 *   access_rules: [{ service: "compute", method: "GET", path: "/v2.1/servers" }],
 * });
 */
export async function create(
  session: Session,
  user: string,
  credential: ApplicationCredentialCreate,
  options?: CallOptions,
): Promise<ApplicationCredentialCreated> {
  return save(
    session,
    "post",
    created,
    path`users/${user}/application_credentials`,
    credential,
    options,
  );
}

/**
 * Deletes an application credential. The tokens that were made with it end at once.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-application-credential
 * @example
 * await applicationCredentials.delete(session, user, id);
 */
async function remove(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<void> {
  return act(session, "delete", path`users/${user}/application_credentials/${id}`, options);
}

export { remove as delete };
