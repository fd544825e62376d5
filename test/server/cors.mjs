/**
 * CORS with Keystone's defaults (keystone/conf/__init__.py, on top of oslo_middleware.cors), but for
 * every origin. What a page may not do with a real Keystone, it may not do here either: no HEAD, no
 * Authorization, and it sees only the exposed headers of an answer.
 */

const simple =
  "Accept Accept-Language Cache-Control Content-Language Content-Type Expires Last-Modified Pragma";
const own =
  "X-Auth-Token X-Openstack-Request-Id X-Subject-Token X-Project-Id X-Project-Name " +
  "X-Project-Domain-Id X-Project-Domain-Name X-Domain-Id X-Domain-Name Openstack-Auth-Receipt";
const allowed = new Set(`${simple} ${own}`.toLowerCase().split(" "));
const methods = new Set(["GET", "PUT", "POST", "DELETE", "PATCH"]);

export const exposed = [
  "X-Auth-Token",
  "X-Openstack-Request-Id",
  "X-Subject-Token",
  "Openstack-Auth-Receipt",
];

/** @typedef {import("node:http").IncomingHttpHeaders} Headers */

/**
 * The headers that oslo's middleware adds to an answer.
 * @param {Headers} request
 * @param {readonly string[]} expose
 * @returns {Record<string, string>}
 */
export function corsHeaders({ origin }, expose = exposed) {
  if (origin === undefined) return { Vary: "X-Auth-Token" };
  return {
    Vary: "X-Auth-Token,Origin",
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Expose-Headers": expose.join(","),
  };
}

/**
 * The headers of the answer to a preflight. A refused one is not an error but a 200 without them.
 * @param {Headers} request
 * @returns {Record<string, string>}
 */
export function preflightHeaders(request) {
  const method = request["access-control-request-method"] ?? "";
  const wanted = request["access-control-request-headers"] ?? "";
  const names = wanted.split(",").map((name) => name.trim().toLowerCase());
  const refused = names.some((name) => name !== "" && !allowed.has(name)) || !methods.has(method);
  if (refused || request.origin === undefined) return { Vary: "X-Auth-Token" };
  return {
    Vary: "Origin",
    "Access-Control-Allow-Origin": request.origin,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Max-Age": "3600",
    "Access-Control-Allow-Methods": method,
    ...(wanted && { "Access-Control-Allow-Headers": wanted }),
  };
}
