/** keystoneauth's logins: the body that each sends. */
import { applicationCredential, createSession, password, token, totp } from "keystone-fetch";
import { recorded } from "./replay.mjs";

/** @typedef {import("../gates/peers.mjs").Question} Question */

/** @returns {Promise<Question[]>} */
export function logins() {
  return Promise.all(recorded("auth").map(ask));
}

/** @param {any} line @returns {Promise<Question>} */
async function ask({ test, methods, scope, body }) {
  const asked = { kind: "login bodies", test, args: { methods, scope } };
  /** @type {string[]} */
  const classes = methods.map((/** @type {any} */ { cls }) => cls);
  if (classes.includes("ReceiptMethod"))
    return { ...asked, skip: "a receipt is no method of ours" };
  if (!body) return { ...asked, skip: "no login was sent" };
  /** @type {unknown} */
  let sent;
  try {
    const session = createSession({
      authUrl: "http://keystone.example/v3",
      auth: methods.map(methodOf),
      scope: scopeOf(scope),
      retry: 0,
      fetch: async (_, init) => {
        sent ??= await new Response(init?.body).json();
        return new Response(null, { status: 500 });
      },
    });
    await session.authenticate();
  } catch (error) {
    sent ??= String(error);
  }
  return { ...asked, theirs: body, ours: sent };
}

/** @param {any} method */
function methodOf(method) {
  const user = reference(
    method.user_id,
    method.username,
    method.user_domain_id,
    method.user_domain_name,
  );
  switch (method.cls) {
    case "PasswordMethod":
      return password({ ...user, password: method.password });
    case "TokenMethod":
      return token(method.token);
    case "TOTPMethod":
      return totp({ ...user, passcode: method.passcode });
    case "OAuth2ClientCredentialMethod":
      return applicationCredential({
        id: method.oauth2_client_id,
        secret: method.oauth2_client_secret,
      });
    default:
      return applicationCredential({
        id: method.application_credential_id,
        secret: method.application_credential_secret,
      });
  }
}

/** @param {string} [id] @param {string} [name] @param {string} [domainId] @param {string} [domainName] @returns {any} */
function reference(id, name, domainId, domainName) {
  if (id !== undefined) return { id };
  if (domainId === undefined && domainName === undefined) return { name };
  return { name, domain: domainId === undefined ? { name: domainName } : { id: domainId } };
}

/** @param {any} scope @returns {any} */
function scopeOf(scope) {
  if (scope.unscoped) return "unscoped";
  if (scope.system_scope) return { system: "all" };
  if (scope.trust_id) return { trust: { id: scope.trust_id } };
  if (scope.project_id || scope.project_name) {
    const { project_id, project_name, project_domain_id, project_domain_name } = scope;
    return { project: reference(project_id, project_name, project_domain_id, project_domain_name) };
  }
  if (scope.domain_id) return { domain: { id: scope.domain_id } };
  if (scope.domain_name) return { domain: { name: scope.domain_name } };
  return undefined;
}
