import { create, done, get, list, listReply, remove, required, updateReply } from "./crud.ts";
import { filtered } from "./filters.ts";
import { attributesIn, groups, projects, show, users } from "./kinds.ts";
import { admin, domainReader, ownUser } from "./policies.ts";
import { badRequest, unauthorized } from "./problem.ts";
import { rolesOf } from "./roles-of.ts";
import { type AuthorizedCall, type Call, guarded, open, type Reply, type Route } from "./router.ts";
import { revokeTokensOf } from "./tokens.ts";
import { validate } from "./validation.ts";
import type { Entity, World } from "./world.ts";

const one = "/v3/users/{user_id}";

export const userRoutes: readonly Route[] = [
  guarded("GET", "/v3/users", "list_users", domainReader, (call) => list(users, call)),
  guarded("POST", "/v3/users", "create_user", admin, createUser),
  guarded("GET", one, "get_user", ownUser, (call) => get(users, call)),
  guarded("PATCH", one, "update_user", admin, updateUser),
  guarded("DELETE", one, "delete_user", admin, deleteUser),
  open("POST", `${one}/password`, changePassword),
  guarded("GET", `${one}/groups`, "list_groups_for_user", ownUser, groupsOfUser),
  guarded("GET", `${one}/projects`, "list_user_projects", ownUser, projectsOfUser),
];

function createUser(call: AuthorizedCall): Reply {
  const { world, body } = call;
  const user = create(users, call);
  const { password } = attributesIn(body, "user");
  if (typeof password === "string") world.secrets.set(user.id, { password });
  return { status: 201, body: { user: show(world, users, user) } };
}

function updateUser(call: AuthorizedCall): Reply {
  const { world, params, body } = call;
  const reply = updateReply(users, call);
  const { password, enabled } = attributesIn(body, "user");
  if (typeof password === "string") setPassword(world, params.user_id ?? "", password);
  if (enabled === false) revokeTokensOf(world, params.user_id ?? "");
  return reply;
}

function deleteUser(call: AuthorizedCall): Reply {
  const { world } = call;
  const { id } = remove(users, call);
  revokeTokensOf(world, id);
  world.secrets.delete(id);
  for (const members of world.members.values()) members.delete(id);
  for (const credential of world.application_credentials.values()) {
    if (credential.user_id === id) world.application_credentials.delete(credential.id);
  }
  return done;
}

/** Every token that the user has ends with the old password. */
export function setPassword(world: World, user: string, password: string): void {
  world.secrets.set(user, { ...world.secrets.get(user), password, passwordExpired: false });
  const record = world.users.get(user);
  if (record) world.users.set(user, { ...record, password_expires_at: null });
  revokeTokensOf(world, user);
}

/** Needs no token: the old password is enough, even if it has expired. */
function changePassword({ world, params, body }: Call): Reply {
  const given = attributesIn(body, "user");
  validate("user", given, ["original_password", "password"]);
  const { original_password, password } = given;
  const user = world.users.get(params.user_id ?? "");
  const known = world.secrets.get(user?.id ?? "")?.password;
  if (!user || user.enabled === false || known === undefined || known !== original_password) {
    throw unauthorized();
  }
  if (typeof password !== "string") throw badRequest("Invalid input for field 'password'");
  setPassword(world, user.id, password);
  return done;
}

function groupsOfUser(call: AuthorizedCall): Reply {
  const { world, params, query } = call;
  const { id } = required(world, users, params.user_id);
  const own = [...world.groups.values()].filter((group) => world.members.get(group.id)?.has(id));
  return listReply(
    call,
    "groups",
    filtered(own, query, ["name"]).map((group) => ({
      ...show(world, groups, group),
      membership_expires_at: null,
    })),
  );
}

/** The projects on which a user has a role. */
export const projectsWithRole = (world: World, user: string): Entity[] =>
  [...world.projects.values()].filter(({ id }) => rolesOf(world, user, { project: id }).length > 0);

function projectsOfUser(call: AuthorizedCall): Reply {
  const { world, params, query } = call;
  const { id } = required(world, users, params.user_id);
  const own = filtered(projectsWithRole(world, id), query, ["domain_id", "enabled", "name"]);
  return listReply(
    call,
    "projects",
    own.map((project) => show(world, projects, project)),
  );
}
