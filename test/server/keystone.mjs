/**
 * A small but faithful Keystone, from which the faults deviate: discovery, tokens, and what a token
 * may ask for. Any credentials will do, except for the password "wrong". Its rules are the real one's:
 * the token in a header, 300 on the root, 404 for a dead token, an HTML page for an unknown path.
 */
import { empty, fault, html, json, unauthorized } from "./reply.mjs";
import { serviceNames } from "./services.mjs";
import { catalog, projects, tokenDocument, user } from "./token.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/** Lifetime of a token, in ms. */
const life = 3_600_000;

/** @param {string} root */
export const version = (root) => ({
  id: "v3.14",
  status: "stable",
  updated: "2020-04-07T00:00:00Z",
  links: [{ rel: "self", href: `${root}/v3/` }],
  "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
});

/**
 * The list of the user's projects, and the like.
 * @param {Call} call
 * @param {string} key
 * @param {unknown[]} list
 */
const listing = ({ root, path }, key, list) =>
  json(200, { [key]: list, links: { next: null, self: `${root}${path}`, previous: null } });

/**
 * By method and path; those marked `open` need no token.
 * @type {Record<string, { open?: boolean, reply(call: Call): Reply }>}
 */
const routes = {
  "GET /": {
    open: true,
    reply: ({ root }) =>
      json(300, { versions: { values: [version(root)] } }, { Location: `${root}/v3/` }),
  },
  "GET /v3": { open: true, reply: ({ root }) => json(200, { version: version(root) }) },
  "POST /v3/auth/tokens": { open: true, reply: login },
  "GET /v3/auth/tokens": { reply: validate },
  "DELETE /v3/auth/tokens": { reply: revoke },
  "GET /v3/auth/projects": { reply: (call) => listing(call, "projects", projects) },
  "GET /v3/auth/domains": { reply: (call) => listing(call, "domains", []) },
  "GET /v3/auth/catalog": {
    reply: (call) => json(200, { catalog: catalog(call, serviceNames), links: {} }),
  },
  "GET /v3/users": { reply: (call) => listing(call, "users", [{ ...user, enabled: true }]) },
  "GET /v3/projects": { reply: (call) => listing(call, "projects", projects) },
};

/** @param {Call} call @returns {Reply} */
export function keystone(call) {
  const path = call.path.replace(/\/$/, "") || "/";
  const route = routes[`${call.method} ${path}`];
  if (!route) return html(404, "Not Found");
  const known = call.state.tokens.has(String(call.headers["x-auth-token"]));
  return route.open || known ? route.reply(call) : unauthorized(call);
}

/** @param {Call} call @returns {Reply} */
function login(call) {
  const { headers, body, state } = call;
  /** @type {any} */
  let auth;
  try {
    auth = JSON.parse(body).auth;
  } catch {
    auth = undefined;
  }
  const { methods } = auth?.identity ?? {};
  if (!Array.isArray(methods) || !headers["content-type"]?.startsWith("application/json")) {
    return fault(400, "Bad Request", "Expecting to find valid JSON in request body.");
  }
  if (auth.identity.password?.user?.password === "wrong") return unauthorized(call);
  const parent = state.tokens.get(auth.identity.token?.id);
  if (methods.includes("token") && !parent) {
    return fault(404, "Not Found", "Could not recognize Fernet token");
  }
  state.logins += 1;
  const issuedAt = Date.now();
  // Rescoping never prolongs: the new token expires with the one from which it was made.
  const expiresAt = parent?.expiresAt ?? issuedAt + life;
  const auditIds = [`audit${state.logins}`];
  const services = catalog(call, serviceNames);
  const token = tokenDocument({
    methods,
    scope: auth.scope,
    auditIds,
    issuedAt,
    expiresAt,
    services,
  });
  const id = `gAAAAAB-${call.tag}-${state.logins}-${"x".repeat(120)}`;
  state.tokens.set(id, { token, expiresAt });
  return json(201, { token }, { "X-Subject-Token": id });
}

/** @param {Call} call @returns {Reply} */
function validate({ headers, state }) {
  const id = String(headers["x-subject-token"] ?? "");
  const found = state.tokens.get(id);
  if (!found) return fault(404, "Not Found", `Could not find token: ${id}.`);
  return json(200, { token: found.token }, { "X-Subject-Token": id });
}

/** @param {Call} call @returns {Reply} */
function revoke({ headers, state }) {
  const id = String(headers["x-subject-token"] ?? "");
  if (!state.tokens.delete(id)) return fault(404, "Not Found", `Could not find token: ${id}.`);
  return empty(204);
}
