/** What a Keystone answers, at any size, and a fetch that answers it without a network. */

export const authUrl = "https://keystone.example/v3";
export const computeUrl = "https://compute-0.example/v1";
export const user = { name: "demo", domain: { name: "Default" }, password: "s3cret" };
export const tokenId = "gAAAAABm0keystone-fetch";

const types = ["compute", "network", "image", "identity", "block-storage", "object-store"];
types.push("orchestration", "dns", "key-manager", "load-balancer");
const domain = { id: "default", name: "Default" };
const hour = 3_600_000;
const id = (/** @type {number} */ number) => number.toString(16).padStart(32, "0");

/**
 * A token with so many endpoints, of ten services in as many regions as that takes.
 *
 * @param {number} size
 * @param {(type: string, region: number) => string} address
 */
export function tokenText(
  size,
  address = (type, region) => `https://${type}-${region}.example/v1`,
) {
  const catalog = types.map((type, at) => ({
    id: id(at),
    type,
    name: type,
    endpoints: Array.from({ length: size / types.length }, (_, nth) => {
      const region = Math.floor(nth / 3);
      const face = ["public", "internal", "admin"][nth % 3];
      const place = { region_id: `region-${region}`, region: `region-${region}` };
      return { id: id(nth), interface: face, ...place, url: address(type, region) };
    }),
  }));
  const now = Date.now();
  const token = {
    methods: ["password"],
    user: { id: id(1), name: "demo", domain, password_expires_at: null },
    project: { id: id(2), name: "web", domain },
    roles: [{ id: id(3), name: "member" }],
    audit_ids: ["3T2dc1CGQxyJsHdDu1xkcw"],
    issued_at: new Date(now).toISOString(),
    expires_at: new Date(now + hour).toISOString(),
    catalog,
  };
  return JSON.stringify({ token });
}

/** A page of the users, which is all of them without a limit. @param {number} size @param {string} url */
export function usersText(size, url = authUrl) {
  const { searchParams } = new URL(url);
  const from = Number.parseInt(searchParams.get("marker") ?? "-1", 16) + 1;
  const length = Math.min(Number(searchParams.get("limit") ?? size), size - from);
  const users = Array.from({ length }, (_, nth) => ({
    id: id(from + nth),
    name: `user ${from + nth}`,
    domain_id: domain.id,
    enabled: true,
    email: `user-${from + nth}@cloud.example`,
    password_expires_at: null,
    options: {},
    links: { self: `${authUrl}/users/${id(from + nth)}` },
  }));
  return JSON.stringify({ users, links: { next: from + length < size ? authUrl : null } });
}

/**
 * @param {string} token what a login is answered
 * @param {(url: string) => string} [other] what other requests are answered
 * @returns {typeof globalThis.fetch}
 */
export function createStub(token, other = () => '{"servers":[]}') {
  const headers = { "Content-Type": "application/json", "X-Subject-Token": tokenId };
  return async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    return new Response(url.endsWith("/auth/tokens") ? token : other(url), { headers });
  };
}
