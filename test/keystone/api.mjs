import { OWN_HEADERS } from "./server.mjs";

/**
 * @typedef {object} Admin
 * @property {string} name
 * @property {string} password
 * @property {string} domain the user's and the project's domain, by name
 * @property {string} project
 */

/**
 * Logs in with a password and returns the token, by plain HTTP rather than with the SDK, which is what
 * the tests are about.
 *
 * @param {string} url the Keystone's root
 * @param {{ name: string, password: string, domain: string, project?: string }} login
 * @returns {Promise<string>}
 */
export async function login(url, { name, password, domain, project }) {
  const user = { name, password, domain: { name: domain } };
  /** @type {Record<string, unknown>} */
  const auth = { identity: { methods: ["password"], password: { user } } };
  auth.scope =
    project === undefined ? "unscoped" : { project: { name: project, domain: { name: domain } } };
  const { headers } = await send(url, "POST", "/v3/auth/tokens", undefined, { auth });
  const token = headers.get("X-Subject-Token");
  if (token === null) throw new Error(`${url} does not answer like a Keystone`);
  return token;
}

/**
 * @param {string} url the Keystone's root
 * @param {string} token
 * @returns {(method: string, path: string, body?: unknown) => Promise<any>} calls the API as the
 *   token's owner; throws a HttpError
 */
export function api(url, token) {
  return async (method, path, body) => (await send(url, method, `/v3${path}`, token, body)).json;
}

export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} url
 * @param {string} method
 * @param {string} path
 * @param {string} [token]
 * @param {unknown} [body]
 */
async function send(url, method, path, token, body) {
  /** @type {Record<string, string>} */
  const headers = { ...OWN_HEADERS };
  if (token !== undefined) headers["X-Auth-Token"] = token;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error) => {
    throw new Error(`${url} cannot be reached: ${error.cause?.message ?? error.message}`);
  });
  const text = await response.text();
  if (!response.ok) {
    throw new HttpError(response.status, `${method} ${url}${path}: ${response.status} ${text}`);
  }
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return { headers: response.headers, json: isJson ? JSON.parse(text) : undefined };
}
