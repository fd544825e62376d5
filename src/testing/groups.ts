import { createReply, done, get, list, listReply, remove, required, updateReply } from "./crud.ts";
import { filtered } from "./filters.ts";
import { groups, show, users } from "./kinds.ts";
import { admin, domainReader, ofOwnDomain } from "./policies.ts";
import { notFound } from "./problem.ts";
import { type AuthorizedCall, guarded, type Reply, type Route } from "./router.ts";
import type { Entity } from "./world.ts";

const one = "/v3/groups/{group_id}";
const member = `${one}/users/{user_id}`;
const own = ofOwnDomain("groups", "group_id");

export const groupRoutes: readonly Route[] = [
  guarded("GET", "/v3/groups", "list_groups", domainReader, (call) => list(groups, call)),
  guarded("POST", "/v3/groups", "create_group", admin, (call) => createReply(groups, call)),
  guarded("GET", one, "get_group", own, (call) => get(groups, call)),
  guarded("PATCH", one, "update_group", admin, (call) => updateReply(groups, call)),
  guarded("DELETE", one, "delete_group", admin, deleteGroup),
  guarded("GET", `${one}/users`, "list_users_in_group", own, listMembers),
  guarded("PUT", member, "add_user_to_group", admin, addMember),
  guarded("GET", member, "check_user_in_group", own, checkMember),
  guarded("DELETE", member, "remove_user_from_group", admin, removeMember),
];

function deleteGroup(call: AuthorizedCall): Reply {
  const { world } = call;
  world.members.delete(remove(groups, call).id);
  return done;
}

function listMembers(call: AuthorizedCall): Reply {
  const { world, params, query } = call;
  const { id } = required(world, groups, params.group_id);
  const members = [...(world.members.get(id) ?? [])]
    .map((user) => world.users.get(user))
    .filter((user): user is Entity => user !== undefined);
  return listReply(
    call,
    "users",
    filtered(members, query, users.filters).map((user) => show(world, users, user)),
  );
}

/** The ids in the path, both of which have to be there. */
function pair({ world, params }: AuthorizedCall): { group: string; user: string } {
  const user = required(world, users, params.user_id).id;
  return { group: required(world, groups, params.group_id).id, user };
}

function addMember(call: AuthorizedCall): Reply {
  const { group, user } = pair(call);
  const members = call.world.members.get(group) ?? new Set();
  call.world.members.set(group, members.add(user));
  return done;
}

function checkMember(call: AuthorizedCall): Reply {
  assertMember(call);
  return done;
}

function removeMember(call: AuthorizedCall): Reply {
  const { group, user } = assertMember(call);
  call.world.members.get(group)?.delete(user);
  return done;
}

function assertMember(call: AuthorizedCall): { group: string; user: string } {
  const { group, user } = pair(call);
  if (!call.world.members.get(group)?.has(user)) {
    throw notFound(`User '${user}' not found in group '${group}'`);
  }
  return { group, user };
}
