/** Answers that are not Keystone's, or never come: what they say about what was done. */
import { assert } from "chai";
import { KeystoneError, NotFoundError, ResponseError, type Session } from "keystone-fetch";
import {
  endpointFilters,
  groups,
  identityProviders,
  impliedRoles,
  mappings,
  policies,
  projects,
  protocols,
  regions,
  roles,
  trusts,
  users,
} from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
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

/** What is created by PUT: done twice it would be a conflict. */
const creates: Record<string, Call> = {
  "regions.create": (session) => regions.create(session, { id }),
  "identityProviders.create": (session) => identityProviders.create(session, { id }),
  "mappings.create": (session) => mappings.create(session, { id, rules: [] }),
  "protocols.create": (session) => protocols.create(session, "idp", { id, mapping_id: "map" }),
  "impliedRoles.create": (session) => impliedRoles.create(session, "role", id),
  "projects.addTag": (session) => projects.addTag(session, "project", id),
  "endpointFilters.assign": (session) =>
    endpointFilters.assign(session, { project: "project", endpoint: id }),
};

/** How often something is tried if the first answer is lost. */
async function tries(env: Env, call: Call, then = KeystoneError): Promise<number> {
  const server = faulty(env, `504-once@${id}`);
  await failure(call(sessionAt(server, { retry: undefined })), then);
  return (await server.log()).filter(({ path }) => path.endsWith(id)).length;
}

const cases: readonly Case[] = [
  ...Object.entries(creates).map(
    ([name, call]): Case => ({
      name: `${name}: is not tried again, since the first try may have done it`,
      async run(env) {
        assert.equal(await tries(env, call), 1);
      },
    }),
  ),
  {
    name: "a grant is retried: granting twice is the same as granting once",
    async run(env) {
      const assign: Call = (session) => roles.assign(session, grant);
      // The second answer says that the server has no such path.
      assert.equal(await tries(env, assign, NotFoundError), 2);
    },
  },
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
