/** Steps of the walk: other projects, and a new token for a dead one. */
import { revokeToken } from "keystone-fetch";
import { dim, expectError, heading, line } from "./print.mjs";
import { rolesOf, scopeOf } from "./token.mjs";
import { watch } from "./watch.mjs";

/** @typedef {import("keystone-fetch").Session} Session */
/** @typedef {import("keystone-fetch").Scope} Scope */

/** @param {Session} session */
export async function showScopes(session) {
  heading("Where else may demo work?", "session.projects(), session.domains()");
  const [projects, domains] = await Promise.all([session.projects(), session.domains()]);
  for (const { name, description } of projects)
    line("project", `${name.padEnd(10)} ${dim(`${description}`)}`);
  for (const { name, description } of domains)
    line("domain", `${name.padEnd(10)} ${dim(`${description}`)}`);
}

/**
 * @param {Session} session
 * @param {Scope} scope
 */
export async function rescope(session, scope) {
  heading("Go to another project", "session.rescope({ project })");
  const other = session.rescope(scope);
  const unwatch = watch(other, "session 2");
  const token = await other.token();
  line("scope", scopeOf(token));
  line("roles", `${rolesOf(token)} ${dim(`(instead of ${rolesOf(await session.token())})`)}`);
  line("methods", token.methods.join(", "));
  await other.revoke();
  unwatch();
}

/**
 * @param {Session} session
 * @param {Scope} scope
 */
export async function expectNoRole(session, scope) {
  heading("Go where demo has no role", "session.rescope({ project }).token()");
  await expectError(session.rescope(scope).token());
  line("session", `still ${session.state.status}: ${scopeOf(await session.token())}`);
}

/**
 * @param {Session} session
 * @param {Session} admin
 */
export async function renew(session, admin) {
  heading("Lose the token on the way", "revokeToken(admin, id), session.projects()");
  await revokeToken(admin, (await session.token()).id);
  line("admin", "revoked demo's token; the session does not know that yet");
  const { length } = await session.projects();
  line("answer", `${length} projects: a new token, and the call was sent again`);
}
