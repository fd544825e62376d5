/** The tokens that a browser got, and what Keystone says about them. */
import { ADMIN, accounts } from "../keystone/accounts.mjs";
import { api, HttpError, login } from "../keystone/api.mjs";
import { until } from "./hands.mjs";

/**
 * Collects the ids of all tokens that pages of this browser are given from now on.
 *
 * @param {import("playwright").BrowserContext} context
 * @returns {Set<string>}
 */
export function watchTokens(context) {
  /** @type {Set<string>} */
  const ids = new Set();
  context.on("response", async (response) => {
    const id = response.headers()["x-subject-token"];
    if (response.request().method() === "POST" && id) ids.add(id);
  });
  return ids;
}

/**
 * Waits until Keystone accepts none of them any more.
 *
 * @param {string} url the Keystone's root
 * @param {Iterable<string>} ids
 */
export async function expectDead(url, ids) {
  for (const id of ids) {
    await until(async () => !(await isGood(url, id)), "the token is revoked at the server");
  }
}

/** @param {string} url @param {string} id */
export async function isGood(url, id) {
  const headers = { "X-Auth-Token": id, "X-Subject-Token": id, "User-Agent": "test-keystone" };
  const { status } = await fetch(`${url}/v3/auth/tokens`, { headers });
  if (status !== 200 && status !== 401 && status !== 404)
    throw new Error(`Keystone says ${status}`);
  return status === 200;
}

/** @param {string} url */
export const asAdmin = async (url) => api(url, await login(url, ADMIN));

/**
 * Ends all tokens of a user. Even tokens that are issued later in the same second end, so it waits for
 * the next second.
 *
 * @param {Awaited<ReturnType<typeof asAdmin>>} admin
 * @param {string} id
 * @param {string} password
 */
export async function givePassword(admin, id, password) {
  await admin("PATCH", `/users/${id}`, { user: { password } });
  const second = Math.floor(Date.now() / 1000);
  await until(() => Math.floor(Date.now() / 1000) > second, "the next second");
}

/**
 * An application credential of the user demo on the project web, while something is done with it.
 *
 * @param {string} url
 * @param {(credential: { id: string, secret: string }) => Promise<void>} use
 */
export async function withCredential(url, use) {
  const id = await login(url, { ...accounts.demo, project: "web" });
  const call = api(url, id);
  const headers = { "X-Auth-Token": id, "X-Subject-Token": id, "User-Agent": "test-keystone" };
  const { token } = await (await fetch(`${url}/v3/auth/tokens`, { headers })).json();
  const path = `/users/${token.user.id}/application_credentials`;
  const name = `dashboard ${Date.now()}`;
  const created = await call("POST", path, { application_credential: { name } });
  const { id: credential, secret } = created.application_credential;
  try {
    await use({ id: credential, secret });
  } finally {
    await call("DELETE", `${path}/${credential}`).catch((error) => {
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
    });
  }
}
