/** The main job of keystone-fetch, from login to sign-out. */
import { createSession, password } from "keystone-fetch";
import { accounts, projects } from "../../test/keystone/accounts.mjs";
import { callPlacement, expectForbidden } from "./placement.mjs";
import { dim, say } from "./print.mjs";
import { expectNoRole, renew, rescope, showScopes } from "./scopes.mjs";
import { logIn, showCatalog, showVersions, signOut } from "./token.mjs";
import { watch } from "./watch.mjs";

/** @typedef {{ readonly name: string, readonly domain: string }} Named */

/** @param {import("../../test/keystone/keystone.mjs").TestKeystone} server */
export async function walk({ own, url: authUrl, placementUrl, admin: administrator }) {
  /**
   * @param {Named & { readonly password: string }} user
   * @param {Named} project
   */
  const open = (user, project) =>
    createSession({
      authUrl,
      auth: password({ ...named(user), password: user.password }),
      scope: { project: named(project) },
      // The catalog of a Keystone that is not ours may know another Placement, or none.
      ...(!own && placementUrl && { endpointOverrides: { placement: placementUrl } }),
    });
  const session = open(accounts.demo, projects.web);
  const admin = open(administrator, { name: administrator.project, domain: administrator.domain });

  await showVersions(authUrl);
  const unwatch = watch(session);
  try {
    showCatalog(await logIn(session));
    if (placementUrl) {
      await callPlacement(admin);
      await expectForbidden(session);
    } else {
      say(dim("\n   There is no service to call: PLACEMENT_URL is not set."));
    }
    await showScopes(session);
    await rescope(session, { project: named(projects.data) });
    await expectNoRole(session, { project: named(projects.admin) });
    await renew(session, admin);
    await signOut(session, admin);
  } finally {
    unwatch();
  }
}

/** @param {Named} thing */
const named = ({ name, domain }) => ({ name, domain: { name: domain } });
