/**
 * Keystones whose lists are odd, each in its own way: cut before they are filtered, strict about
 * filters, slow, or with invalid records. Otherwise they are good Keystones.
 */
import { keystone } from "./keystone.mjs";
import { fault, json } from "./reply.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */
/** @typedef {Record<string, any>} Thing */

/** The largest page. */
const cap = 1000;

/** The one in the domain "mine", with the tag "needle", after all others. */
const last = 1207;

const many = Array.from({ length: last + 1 }, (_, index) => ({
  id: String(index).padStart(32, "0"),
  name: index === last ? "Default" : `number ${index}`,
  domain_id: index === last ? "mine" : "default",
  parent_id: index === last ? "mine" : "default",
  enabled: true,
  tags: index === last ? ["needle"] : [],
}));

/** The domain that a call's token is for. @param {Call} call @returns {{ id: string } | undefined} */
const domainOf = ({ state, headers }) =>
  /** @type {any} */ (state.tokens.get(String(headers["x-auth-token"]))?.token)?.domain;

/** Filters that Keystone applies only after cutting the page. @type {Record<string, string>} */
const own = { projects: "domain_id", groups: "domain_id", domains: "id" };

/**
 * A list as 2025.1 to 2026.2 cut it: filters on columns are applied before, all others after.
 * @param {Call} call @param {string} name
 */
function late(call, name) {
  const { limit, marker = "", ...asked } = Object.fromEntries(new URLSearchParams(call.search));
  const columns = ["name", "parent_id", ...(name === "domains" ? [] : ["domain_id"])];
  const size = Math.min(Number(limit ?? cap), cap);
  const found = many.filter(
    (/** @type {Thing} */ one) =>
      one.id > marker && columns.every((key) => !asked[key] || asked[key] === one[key]),
  );
  const page = found.slice(0, size);
  const domain = domainOf(call);
  const left = page.filter((/** @type {Thing} */ one) => {
    const mine = !domain || one[own[name] ?? ""] === domain.id;
    return mine && (!asked.tags || one.tags.includes(asked.tags));
  });
  const full = page.length === size;
  const next =
    full && left.length > 0 ? `${call.root}${call.path}?marker=${left.at(-1)?.id}` : null;
  return json(200, { [name]: left, links: { next }, ...(full && { truncated: true }) });
}

const rules = [
  { id: "a", service: "compute", method: "GET", path: "/servers" },
  { id: "b", service: "image", method: "GET", path: "/images" },
];

/**
 * Lists for which 27.0.0 has a schema accept no other filters.
 * @param {Call} call @param {string} name
 */
function strict(call, name) {
  const all = name === "access_rules" ? rules : many.slice(-7);
  const wrong = [...new URLSearchParams(call.search)].find(
    ([key, value]) =>
      /__|service|method|path/.test(key) || (key === "parent_id" && value === "default"),
  );
  if (wrong)
    return fault(400, "Bad Request", `Additional properties: '${wrong[0]}' was unexpected`);
  return json(200, { [name]: all, links: { next: null } });
}

/** Lists in which the second record is good, and all others odd. @type {Record<string, unknown[]>} */
const oddRecords = {
  users: [
    { id: "1", name: "glance", domain_id: "default", enabled: "True" },
    { id: "2", name: "jsmith", domain_id: "default", enabled: false },
    { id: "3", name: 7, domain_id: null, enabled: null, email: {}, options: "none", shelf: [1] },
    { id: "4", enabled: "False", password_expires_at: "2027-01-31T09:30:00.000000" },
    { name: "no id", domain_id: "default", enabled: true },
    { id: "", name: "empty id" },
    null,
    "glance",
  ],
  credentials: [
    { id: "1", type: "totp", user_id: "u", project_id: null },
    { id: "2", type: "cert", user_id: "u", project_id: null, blob: "x" },
  ],
  projects: [
    {
      id: "1",
      name: "a",
      tags: ["one", 2, null],
      enabled: "yes",
      parent_id: 4,
      is_domain: "False",
    },
    { id: "2", name: "b", tags: ["two"], enabled: true },
    { id: "3", tags: "three" },
  ],
  role_assignments: [
    { role: {}, user: { id: "u" }, scope: { project: { id: "p" } } },
    { role: { id: "r" }, user: { id: "u" }, scope: { project: { id: "p" } } },
    { role: { id: "r" }, user: { name: "no id" }, scope: { domain: { id: "d" }, system: 1 } },
  ],
};

/** @type {Record<string, (call: Call, name: string) => Reply | undefined>} */
const servers = {
  late: (call, name) => (name in own ? late(call, name) : undefined),
  strict,
  "odd-records": (_, name) =>
    oddRecords[name] && json(200, { [name]: oddRecords[name], links: "none" }),
  "slow-lists": (_, name) => ({ ...json(200, { [name]: [] }), delay: 1500 }),
};

/** @param {Call} call @returns {Reply | undefined} undefined where it is none of these */
export function oddLists(call) {
  if (!Object.hasOwn(servers, call.fault)) return undefined;
  const [, name = ""] = /\/v3\/(?:users\/\w+\/)?(\w+)$/.exec(call.path) ?? [];
  const list = call.method === "GET" && name !== "tokens" && servers[call.fault]?.(call, name);
  return list || keystone(call);
}
