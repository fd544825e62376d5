import { done, listReply, required } from "./crud.ts";
import { filtered } from "./filters.ts";
import { attributesIn, type Kind, users } from "./kinds.ts";
import { onlyUser, ownUser, userAlone } from "./policies.ts";
import { badRequest, conflict, forbidden, missing } from "./problem.ts";
import { randomId, randomSecret } from "./random.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import { readTime, recordTime } from "./times.ts";
import { tokenRoles } from "./tokens.ts";
import { validate } from "./validation.ts";
import type { Entity, World } from "./world.ts";

const all = "/v3/users/{user_id}/application_credentials";
const one = `${all}/{application_credential_id}`;

const credentialKind: Kind = {
  plural: "application_credentials",
  singular: "application_credential",
  required: ["name"],
  filters: ["name"],
  defaults: () => ({}),
};

export const applicationCredentialRoutes: readonly Route[] = [
  guarded("GET", all, "list_application_credentials", ownUser, listCredentials),
  guarded("POST", all, "create_application_credential", userAlone, createCredential),
  guarded("GET", one, "get_application_credential", ownUser, getCredential),
  guarded("DELETE", one, "delete_application_credential", onlyUser, deleteCredential),
];

const linked = (world: World, credential: Entity): object => ({
  ...credential,
  // Keystone's own link lacks the user, too.
  links: { self: `${world.root}/v3/application_credentials/${credential.id}` },
});

function listCredentials(call: AuthorizedCall): Reply {
  const { world, params, query } = call;
  const { id } = required(world, users, params.user_id);
  const own = [...world.application_credentials.values()].filter(({ user_id }) => user_id === id);
  const matching = filtered(own, query, credentialKind.filters);
  return listReply(
    call,
    credentialKind.plural,
    matching.map((credential) => linked(world, credential)),
  );
}

function find({ world, params }: AuthorizedCall): Entity {
  const id = params.application_credential_id ?? "";
  const credential = world.application_credentials.get(id);
  if (!credential) throw missing("Application Credential", id);
  return credential;
}

function getCredential(call: AuthorizedCall): Reply {
  return { status: 200, body: { application_credential: linked(call.world, find(call)) } };
}

function deleteCredential(call: AuthorizedCall): Reply {
  const { id } = find(call);
  call.world.application_credentials.delete(id);
  call.world.credentialSecrets.delete(id);
  return done;
}

/** The secret is in this answer, and never again. */
function createCredential(call: AuthorizedCall): Reply {
  const { world, token, body } = call;
  const given = attributesIn(body, "application_credential");
  validate("application_credential", given, ["name"]);
  assertMayCreate(call);
  const { name, description = null, unrestricted = null, access_rules } = given;
  const others = [...world.application_credentials.values()];
  if (others.some((other) => other.user_id === token.user && other.name === name)) {
    throw conflict(
      `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name}.`,
    );
  }
  const secret = typeof given.secret === "string" ? given.secret : randomSecret();
  const credential: Entity = {
    id: typeof given.id === "string" ? given.id : randomId(),
    name,
    description,
    user_id: token.user,
    project_id: token.place.project ?? null,
    system: null,
    expires_at: endOf(world, given.expires_at),
    unrestricted,
    roles: rolesFor(call, given.roles),
    ...(Array.isArray(access_rules) && {
      access_rules: access_rules.map((rule: object) => ({ id: randomId(), ...rule })),
    }),
  };
  world.application_credentials.set(credential.id, credential);
  world.credentialSecrets.set(credential.id, secret);
  const shown = { ...linked(world, credential), secret };
  return { status: 201, body: { application_credential: shown } };
}

/** @throws {Problem} 403 for a token that was obtained with a restricted application credential. */
function assertMayCreate({ world, token }: AuthorizedCall): void {
  const parent = world.application_credentials.get(token.credential ?? "");
  if (!parent || parent.unrestricted === true) return;
  throw forbidden(
    "Using method 'application_credential' is not allowed for managing additional application credentials.",
  );
}

function endOf(world: World, expires_at: unknown): string | null {
  if (expires_at === undefined || expires_at === null) return null;
  const end = readTime(expires_at);
  if (Number.isNaN(end)) throw badRequest("Invalid input for field 'expires_at'");
  if (end <= world.now()) {
    throw badRequest(
      "The 'expires_at' must not be before now. The server could not comply with the request " +
        "since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
    );
  }
  return recordTime(end);
}

/** The roles of the token, or those among them that are named. */
function rolesFor({ world, token }: AuthorizedCall, wanted: unknown): object[] {
  const own = tokenRoles(world, token).map(({ id }) => world.roles.get(id));
  const all = own.filter((role): role is Entity => role !== undefined);
  const named = Array.isArray(wanted) ? wanted.map((role) => findRole(all, role)) : all;
  return named.map(({ id, name, domain_id, description, options }) => ({
    id,
    name,
    domain_id,
    description,
    options,
  }));
}

function findRole(roles: readonly Entity[], wanted: { id?: unknown; name?: unknown }): Entity {
  const found = roles.find(({ id, name }) =>
    wanted.id === undefined ? name === wanted.name : id === wanted.id,
  );
  if (found) return found;
  throw badRequest(
    "Invalid application credential: Cannot create an application credential with unassigned role",
  );
}
