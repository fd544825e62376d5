/** The first login of everybody whom the provider knows. */
import { Buffer } from "node:buffer";
import { OWN_HEADERS } from "../keystone/server.mjs";
import { clients, federation, people } from "./people.mjs";

/**
 * Keystone creates an ephemeral user at the first login, and if two come at once, one ends with a 500
 * ("Duplicate entry"): cases that run side by side would run into that.
 *
 * @param {string} keystone its root
 * @param {string} issuer
 */
export async function introduceAll(keystone, issuer) {
  const accessTokens = [robotsToken(issuer), ...Object.keys(people).map(personsToken(issuer))];
  const { identityProvider, protocol } = federation;
  const path = `/v3/OS-FEDERATION/identity_providers/${identityProvider}/protocols/${protocol}/auth`;
  for (const accessToken of accessTokens) {
    const Authorization = `Bearer ${await accessToken}`;
    const headers = { ...OWN_HEADERS, Accept: "application/json", Authorization };
    const response = await fetch(keystone + path, { method: "POST", headers });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  }
}

/** @param {string} issuer */
export function robotsToken(issuer) {
  return ask(issuer, clients.robot, { grant_type: "client_credentials" });
}

/** @param {string} issuer @returns {(name: string) => Promise<string>} */
export function personsToken(issuer) {
  return (username) => {
    const { password } = people[username];
    return ask(issuer, clients.legacy, { grant_type: "password", username, password });
  };
}

/**
 * @param {string} issuer
 * @param {{ readonly id: string, readonly secret: string }} client
 * @param {Record<string, string>} form
 * @returns {Promise<string>} an access token
 */
async function ask(issuer, { id, secret }, form) {
  const basic = Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString("base64");
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${basic}` },
    body: new URLSearchParams(form),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`The provider answers ${JSON.stringify(answer)}`);
  return answer.access_token;
}
