import { expect, expectSession, expectText } from "../expect.ts";
import { refuse } from "../refuse.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import {
  type ApplicationCredential,
  type ApplicationCredentialCreate,
  type ApplicationCredentialCreated,
  createdKind,
  applicationCredentialKind as kind,
  type NewAccessRule,
} from "./records/application-credential.ts";
import { type DeleteOptions, expectOptions } from "./shared/call-options.ts";
import { expectObject } from "./shared/expect-object.ts";
import type { Filters } from "./shared/filters.ts";
import { find as findOne, type Wanted } from "./shared/find.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, save, show } from "./shared/requests.ts";
import { idAlone, roleList } from "./shared/role-list.ts";

export type {
  ApplicationCredential,
  ApplicationCredentialCreate,
  ApplicationCredentialCreated,
  NewAccessRule,
};

const { one } = kind;

/** Which application credentials to list. */
export interface ApplicationCredentialQuery {
  readonly name?: string | undefined;
}

const filters: Filters<ApplicationCredentialQuery> = Object.freeze({ name: "plain" });

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
  return listing(session, {
    kind,
    path: path`users/${user}/application_credentials`,
    query,
    filters,
    options,
  });
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
  nameOrId: Wanted,
  options?: CallOptions,
): Promise<ApplicationCredential> {
  return findOne(
    session,
    {
      what: "application credential",
      get: (id, options) => get(session, user, id, options),
      named: (name, options) => list(session, user, { name }, options),
    },
    nameOrId,
    options,
  );
}

/**
 * Creates an application credential for the project of the session's token, and only for the token's
 * own user. This answer is the only one that has its secret.
 *
 * @throws {ForbiddenError} for another user, and with a restricted application credential.
 * @throws {ConflictError} if the user already has one with that name.
 * @throws {BadRequestError} for a role that the token does not have, or an expiry in the past.
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
  const { roles, access_rules, unrestricted, ...rest } = expectObject(credential, one);
  const body = {
    ...rest,
    // Servers return null, but accept none.
    unrestricted: unrestricted ?? undefined,
    ...roleList(roles, `${one}.roles`),
    ...ruleList(access_rules),
  };
  return save(
    session,
    "post",
    createdKind,
    path`users/${user}/application_credentials`,
    body,
    options,
  );
}

/** Of an existing rule, the API accepts only the id. */
function ruleList(rules: readonly NewAccessRule[] | null | undefined): object {
  if (rules === undefined || rules === null) return {};
  expect(Array.isArray(rules), `${one}.access_rules`, "a list");
  return { access_rules: rules.map(idAlone) };
}

/** Options of `rotate()`. */
export interface RotateOptions extends CallOptions {
  /**
   * Default: the old name with the next free number, as in `"backup 2"`, since no two may share a
   * name.
   */
  readonly name?: string | undefined;
  /** Required if the old one expires: a new one that never expires would defeat the purpose. */
  readonly expires_at?: string | Date | null | undefined;
  /**
   * Whether to delete the old one at once. Default false, so that programs can switch to the new one
   * first.
   */
  readonly deleteOld?: boolean | undefined;
}

/**
 * Creates an application credential with the description, the roles and the access rules of another
 * one, for the same project: the session's token must be for it. The old one works until it is
 * deleted. If `deleteOld` is set and the deletion fails, the new one is deleted again.
 *
 * @param old as `get()`, `find()` or `list()` gave it
 * @throws {OptionsError} without `expires_at`, if the old one expires.
 * @throws {ForbiddenError} with a restricted application credential.
 * @see https://docs.openstack.org/api-ref/identity/v3/#create-application-credential
 * @example
 * const old = await applicationCredentials.get(session, user, id);
 * const { name, secret } = await applicationCredentials.rotate(session, old);
 */
export async function rotate(
  session: Session,
  old: ApplicationCredential,
  options?: RotateOptions,
): Promise<ApplicationCredentialCreated> {
  expectSession(session);
  expectOptions(options, ["name", "expires_at", "deleteOld"]);
  const { description, roles, unrestricted, access_rules, ...others } = expectObject(old, "old");
  expectText(others.id, "old.id");
  expectText(others.name, "old.name");
  const { expires_at, deleteOld = false, signal } = options ?? {};
  const ends = others.expires_at !== undefined && others.expires_at !== null;
  const why = "required, because the old credential expires";
  refuse(ends && !expires_at, "options.expires_at", why);
  const owner = others.user_id ?? (await session.token({ signal })).user.id;
  const { name = await nextName(session, owner, others.name, { signal }) } = options ?? {};
  const copy = { name, description, roles, unrestricted, access_rules, expires_at };
  const made = await create(session, owner, copy, { signal });
  if (!deleteOld) return made;
  try {
    await remove(session, owner, old.id, { signal, missing: "ok" });
    return made;
  } catch (error) {
    // Nobody would ever learn the new secret.
    await remove(session, owner, made.id, { missing: "ok" });
    throw error;
  }
}

/** The name with the next number that no other one of the user has. */
async function nextName(
  session: Session,
  user: string,
  name: string,
  options: CallOptions,
): Promise<string> {
  const taken = (await list(session, user, {}, options)).map((one) => one.name);
  const base = name.replace(/ \d+$/, "");
  let number = 2;
  while (taken.includes(`${base} ${number}`)) number++;
  return `${base} ${number}`;
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
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`users/${user}/application_credentials/${id}`, options);
}

export { remove as delete };
