import { createReply, done, get, list, remove, required, updateReply } from "./crud.ts";
import { roles } from "./kinds.ts";
import { admin, reader } from "./policies.ts";
import { problem } from "./problem.ts";
import { type AuthorizedCall, guarded, type Route } from "./router.ts";

const one = "/v3/roles/{role_id}";

export const roleRoutes: readonly Route[] = [
  guarded("GET", "/v3/roles", "list_roles", reader, (call) => list(roles, call)),
  guarded("POST", "/v3/roles", "create_role", admin, (call) => createReply(roles, call)),
  guarded("GET", one, "get_role", reader, (call) => get(roles, call)),
  guarded("PATCH", one, "update_role", admin, (call) => {
    assertMutable(call, "update");
    return updateReply(roles, call);
  }),
  guarded("DELETE", one, "delete_role", admin, (call) => {
    assertMutable(call, "delete");
    remove(roles, call);
    return done;
  }),
];

/** admin, member and reader are immutable until somebody removes that option. */
function assertMutable({ world, params, body }: AuthorizedCall, verb: string): void {
  const { id, options } = required(world, roles, params.role_id);
  const isImmutable = isRecord(options) && options.immutable === true;
  if (!isImmutable || unlocks(body.role)) return;
  throw problem(
    403,
    `Unable to ${verb} immutable role resource: \`${id}. Set resource option "immutable" to false first.`,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const unlocks = (role: unknown): boolean =>
  isRecord(role) && isRecord(role.options) && role.options.immutable === false;
