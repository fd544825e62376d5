/** What is done by no body is done by Keystone alone: a page in the place of its answer is none. */
import { assert } from "chai";
import { ResponseError, type Session } from "keystone-fetch";
import {
  endpointFilters,
  groups,
  impliedRoles,
  policies,
  projects,
  roles,
  trusts,
  users,
} from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

type Call = (session: Session) => Promise<unknown>;

/** The last word of a path, at which the fault strikes. */
const id = "this";

const grant = { role: id, user: "user", project: "project" };
const change = { original_password: "old", password: "new" };

const acts: Record<string, Call> = {
  "roles.assign": (session) => roles.assign(session, grant),
  "roles.unassign": (session) => roles.unassign(session, grant),
  "groups.addUser": (session) => groups.addUser(session, "group", id),
  "projects.addTag": (session) => projects.addTag(session, "project", id),
  "users.delete": (session) => users.delete(session, id),
  "users.changePassword": (session) => users.changePassword(session, "user", change),
};

const checks: Record<string, Call> = {
  "roles.check": (session) => roles.check(session, grant),
  "groups.hasUser": (session) => groups.hasUser(session, "group", id),
  "projects.hasTag": (session) => projects.hasTag(session, "project", id),
  "impliedRoles.check": (session) => impliedRoles.check(session, "role", id),
  "trusts.check": (session) => trusts.check(session, { trust: "trust", role: id }),
  "policies.check": (session) => policies.check(session, { policy: "policy", endpoint: id }),
  "endpointFilters.check": (session) =>
    endpointFilters.check(session, { project: "project", endpoint: id }),
};

const cases: readonly Case[] = [
  ...Object.entries({ ...acts, ...checks }).map(
    ([name, call]): Case => ({
      name: `${name}: a page of a network that wants a login is no answer`,
      async run(env) {
        for (const fault of ["html", "html201"]) {
          const session = sessionAt(
            faulty(env, `${fault}@${name === "users.changePassword" ? "password" : id}`),
          );
          const { status } = await failure(call(session), ResponseError);
          assert.equal(status, fault === "html" ? 200 : 201);
        }
      },
    }),
  ),
  ...Object.entries(checks).map(
    ([name, call]): Case => ({
      name: `${name}: a page that says 404 does not say no`,
      async run(env) {
        const error = await failure(call(sessionAt(faulty(env, `html404@${id}`))), ResponseError);
        assert.equal(error.status, 404);
      },
    }),
  ),
];

export default cases;
