/**
 * The OVN provider of oVirt: Identity v2.0 and a little of Networking, with its oddities. Every answer
 * was compared with the real one's.
 */
import { error, nothing, unsupported, well } from "./v2-reply.mjs";

/** @typedef {import("./v2-socket.mjs").V2Reply} V2Reply */

/**
 * @typedef {object} V2Call a request to one server of a case
 * @property {string} method
 * @property {string} path below the server's root, with its query
 * @property {string} body
 * @property {string | undefined} token the X-Auth-Token
 * @property {V2State} state
 * @property {string} root the URL of its Identity, without a version
 * @property {string} network the URL of its Networking, without a version
 */

/**
 * @typedef {object} V2State what a server remembers
 * @property {object[]} log
 * @property {Set<string>} alive the tokens that were issued and are good
 * @property {number} issued
 */

/** @param {V2Call} call @returns {V2Reply} */
export function identity(call) {
  const { method, path } = call;
  if (!["GET", "POST", "PUT", "DELETE"].includes(method)) return unsupported(method);
  const route = routeOf(path);
  if (!["", "tokens", "tenants"].includes(route)) return error(404, `Incorrect path: ${path}`);
  if (method !== (route === "tokens" ? "POST" : "GET"))
    return error(405, `Method not allowed: ${method}`);
  if (route === "tokens") return login(call);
  if (route === "tenants") {
    const tenant = { description: "tenant", name: "tenant", id: "1".padStart(32, "0") };
    return well({ tenants: [{ ...tenant, enabled: true }] });
  }
  // Whatever was requested, even `/v3`.
  return versions(call.root);
}

/** @param {string} root */
function versions(root) {
  const links = [{ href: `${root}/v2.0/`, rel: "self" }];
  return well({ versions: [{ status: "CURRENT", id: "v2.0", links }] });
}

/** The first segment is ignored. @param {string} path */
function routeOf(path) {
  const [before = ""] = path.split("?");
  const segments = before.replace(/\.json$/i, "").split("/");
  return segments
    .filter((segment) => segment !== "")
    .slice(1)
    .join("/");
}

/** @param {V2Call} call @returns {V2Reply} */
function login(call) {
  const { body, state } = call;
  let given;
  try {
    given = JSON.parse(body);
  } catch {
    return error(400, "Expecting value: line 1 column 1 (char 0)");
  }
  const auth = given?.auth;
  if (auth === undefined) return error(400, "'auth'");
  if (auth === null) return error(500, "argument of type 'NoneType' is not iterable");
  const { passwordCredentials: credentials, token } = auth;
  if (credentials) {
    for (const name of ["username", "password"])
      if (!(name in credentials)) return error(400, `'${name}'`);
    if (credentials.password === "wrong")
      return refused("access_denied", "Cannot authenticate user");
    // The right password, but not of the one user for whom the provider was configured.
    if (credentials.username === "guest@internal") return error(403, "");
    state.issued += 1;
    const id = `sso-${state.issued}-${"x".repeat(20)}`;
    state.alive.add(id);
    return well(access(call, id));
  }
  if (token === undefined) return error(400, "'token'");
  if (!state.alive.has(token.id)) return refused("invalid_grant", "The grant has expired.");
  return well(access(call, token.id));
}

/** The message of Engine's single sign-on, passed on. @param {string} code @param {string} words */
function refused(code, words) {
  return error(401, `Error during SSO authentication ${code} : ${words}`);
}

/** @param {V2Call} call @param {string} id */
function access({ root, network }, id) {
  const identityUrl = `${root}/`;
  const networkUrl = `${network}/`;
  const computeUrl = `${network}/v2.1/`;
  return {
    access: {
      // Invented, and new with every answer.
      token: { id, expires: `${new Date(Date.now() + 360_000_000).toISOString().slice(0, 19)}Z` },
      user: {
        username: "admin",
        roles_links: [],
        id: "",
        roles: [{ name: "admin" }],
        name: "admin",
      },
      serviceCatalog: [
        service("network", "neutron", networkUrl, "1"),
        service("identity", "keystone", identityUrl, "2"),
        service("compute", "nova", computeUrl, "2"),
      ],
    },
  };
}

/** @param {string} type @param {string} name @param {string} url @param {string} id */
function service(type, name, url, id) {
  const urls = { adminURL: url, internalURL: url, publicURL: url };
  const endpoints = [{ ...urls, region: "RegionOne", id: id.padStart(32, "0") }];
  return { endpoints, endpoints_links: [], type, name };
}

/** @param {V2Call} call @returns {V2Reply} */
export function networking({ method, path, body, token = "", state, network }) {
  if (!["GET", "POST", "PUT", "DELETE"].includes(method)) return unsupported(method);
  const [resource = "", id] = routeOf(path).split("/");
  if (!["", "networks"].includes(resource)) return error(404, `Incorrect path: ${path}`);
  if (!state.alive.has(token)) return refused("invalid_grant", "The grant has expired.");
  if (method === "DELETE") return nothing(204);
  if (resource === "") return versions(network);
  if (method === "POST") return well({ network: record(JSON.parse(body).network) }, 201);
  return id === undefined ? well({ networks: [] }) : well({ network: record({ id }) });
}

/** @param {object} given */
function record(given) {
  const made = { id: "fa165f21-ae63-407b-8325-d334ab289ec1", tenant_id: "1".padStart(32, "0") };
  return { ...made, status: "ACTIVE", port_security_enabled: false, mtu: 1442, ...given };
}
