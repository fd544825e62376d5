/**
 * Identity v2.0 as OpenStack's own Keystone had it until Queens: tenants, audit ids, times without a
 * zone, and another form of errors than oVirt's. Without a tenant, the token is unscoped.
 *
 * @see https://docs.openstack.org/api-ref/identity/v2/#authenticate
 */
import { error, well } from "./v2-reply.mjs";

const tenant = {
  description: null,
  enabled: true,
  id: "63a0c8979d3a4aabb44c0dad4ff92650",
  name: "demo",
};

/** @param {import("./v2-ovirt.mjs").V2Call} call @returns {import("./v2-socket.mjs").V2Reply} */
export function keystone(call) {
  const { method, path, body, state, network } = call;
  if (method !== "POST" || path !== "/v2.0/tokens") {
    return withLength(error(404, "The resource could not be found."));
  }
  const { auth } = JSON.parse(body);
  const name = auth.passwordCredentials?.username ?? "demo";
  const known = auth.passwordCredentials
    ? auth.passwordCredentials.password !== "wrong"
    : state.alive.has(auth.token.id);
  const wanted = auth.tenantId ?? auth.tenantName;
  if (!known || ![undefined, tenant.id, tenant.name].includes(wanted)) {
    return withLength(error(401, "The request you have made requires authentication."));
  }
  state.issued += 1;
  const id = `gAAAAABf${state.issued}`.padEnd(180, "x");
  state.alive.add(id);
  const scoped = wanted !== undefined;
  const at = (/** @type {number} */ seconds) =>
    new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19);
  const url = `${network}/`;
  const endpoint = { adminURL: url, internalURL: url, publicURL: url, region: "RegionOne" };
  return withLength(
    well({
      access: {
        token: {
          issued_at: `${at(0)}.000000`,
          expires: `${at(3600)}Z`,
          id,
          ...(scoped && { tenant }),
          audit_ids: ["3T2dc1CGQxyJsHdDu1xkcw"],
        },
        serviceCatalog: scoped
          ? [
              {
                endpoints: [{ ...endpoint, id: "4dad1d3ce6bf47c1b9b8c7e8f1c2a3b4" }],
                endpoints_links: [],
                type: "network",
                name: "neutron",
              },
            ]
          : [],
        user: {
          username: name,
          roles_links: [],
          id: "0a7427872265468a91112db3dbce3b91",
          roles: scoped ? [{ name: "member" }] : [],
          name,
        },
        metadata: { is_admin: 0, roles: scoped ? ["9fe2ff9ee4384b1894a90878d3e92bab"] : [] },
      },
    }),
  );
}

/** @param {import("./v2-socket.mjs").V2Reply} reply @returns {import("./v2-socket.mjs").V2Reply} */
function withLength(reply) {
  const { body } = reply;
  return {
    ...reply,
    version: "1.1",
    headers: {
      "Content-Type": "application/json",
      Vary: "X-Auth-Token",
      Connection: "close",
      "Content-Length": String(Buffer.byteLength(body)),
    },
  };
}
