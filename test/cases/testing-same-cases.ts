/**
 * What holds for the SDK with the real Keystone also holds with the one in memory: the same cases, one
 * after another, since each replaces `fetch`.
 */
import { type Case, inLane } from "../case.ts";
import { inMemory } from "../testing/in-memory.ts";
import catalog from "./catalog.ts";
import identityAuth from "./identity-auth.ts";
import identityCatalog from "./identity-catalog.ts";
import identityDomains from "./identity-domains.ts";
import identityFind from "./identity-find.ts";
import identityGrants from "./identity-grants.ts";
import identityGroups from "./identity-groups.ts";
import identityLists from "./identity-lists.ts";
import identityOptions from "./identity-options.ts";
import identityProjects from "./identity-projects.ts";
import identityRoles from "./identity-roles.ts";
import identityUsers from "./identity-users.ts";
import login from "./login.ts";
import methods from "./methods.ts";
import refusals from "./refusals.ts";
import rescope from "./rescope.ts";
import revoke from "./revoke.ts";
import state from "./state.ts";
import store from "./store.ts";
import tokens from "./tokens.ts";
import troubleAccounts from "./trouble-accounts.ts";

const files: Readonly<Record<string, readonly Case[]>> = {
  catalog,
  login,
  methods,
  refusals,
  rescope,
  revoke,
  state,
  store,
  tokens,
  "trouble-accounts": troubleAccounts,
  "identity-auth": identityAuth,
  "identity-catalog": identityCatalog,
  "identity-domains": identityDomains,
  "identity-find": identityFind,
  "identity-grants": identityGrants,
  "identity-groups": identityGroups,
  "identity-lists": identityLists,
  "identity-options": identityOptions,
  "identity-projects": identityProjects,
  "identity-roles": identityRoles,
  "identity-users": identityUsers,
};

/** Cases that need routes that the one in memory does not have. */
const left = new Set([
  "a trust lets its trustee do what the trustor may",
  "a token that was revoked is among the revocation events",
  "an endpoint is put into a project's catalog, and taken out again",
  "an endpoint group is created, read, found, changed, listed and deleted",
  "a group of endpoints is put into a project's catalog, and taken out again",
  "a user who may not touch domains is told which rule forbids it",
  "a domain is given a configuration, which is read, changed and deleted, whole and in parts",
  "what can't be set for a domain is refused in the server's words",
  "the cloud's own settings are read, whole and in parts",
  "everybody may read the rules for passwords",
]);

const cases = Object.entries(files).flatMap(([group, list]) =>
  list
    // Cases in a lane count what reaches the real one.
    .filter(({ name, lane }) => lane === undefined && !left.has(name))
    .map((one) => ({ ...inMemory(one), name: `${group}: ${one.name}` })),
);

export default inLane("alone", cases);
