/**
 * A server with only Identity v2.0, like oVirt's OVN provider: every GET, even of `/v3`, is answered
 * with 200 and the same list, a plain array; a v3 login is a 404. The first segment of a path is
 * ignored.
 */
import { fault, json } from "./reply.mjs";
import { stamp } from "./token.mjs";

/** @param {import("./answer.mjs").Call} call @returns {import("./reply.mjs").Reply} */
export function v2Only({ method, path, body, root, origin, tag }) {
  const [, ...rest] = path.split("/").filter((segment) => segment !== "");
  const route = rest.join("/");
  if (!["GET", "POST", "PUT", "DELETE"].includes(method)) {
    return fault(501, "Not Implemented", `Unsupported method ('${method}')`);
  }
  if (method === "GET" && route === "") {
    const links = [{ href: `${root}/v2.0/`, rel: "self" }];
    return json(200, { versions: [{ status: "CURRENT", id: "v2.0", links }] });
  }
  if (method === "GET" && route === "tenants") {
    return json(200, {
      tenants: [{ description: "tenant", name: "tenant", id: "01", enabled: true }],
    });
  }
  if (method === "POST" && route === "tokens")
    return login(body, root, `${origin}/service-ok/${tag}/`);
  return fault(404, "Not Found", `Incorrect path: ${path}`);
}

/** @param {string} body @param {string} root @param {string} network */
function login(body, root, network) {
  const auth = body === "" ? undefined : JSON.parse(body).auth;
  if (!auth?.passwordCredentials && !auth?.token) return fault(400, "Bad Request", "'token'");
  const service = (
    /** @type {string} */ type,
    /** @type {string} */ name,
    /** @type {string} */ url,
  ) => ({
    type,
    name,
    endpoints_links: [],
    endpoints: [{ adminURL: url, internalURL: url, publicURL: url, region: "RegionOne", id: "01" }],
  });
  const token = {
    id: "00000000000000000000000000000001",
    expires: stamp(Date.now() + 360_000_000),
  };
  return json(200, {
    access: {
      token: { ...token, expires: token.expires.replace(".000000", "") },
      user: {
        username: "admin",
        roles_links: [],
        id: "",
        roles: [{ name: "admin" }],
        name: "admin",
      },
      serviceCatalog: [
        service("network", "neutron", network),
        service("identity", "keystone", `${root}/`),
      ],
    },
  });
}
