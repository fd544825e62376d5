/**
 * Keystones with more users than fit on a page, listed as the releases and their back ends do; all but
 * the first do it wrong in their own way. Otherwise they are good Keystones.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#pagination
 */
import { keystone } from "./keystone.mjs";
import { fault, json } from "./reply.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */
/** @typedef {{ id: string, name: string, domain_id: string, enabled: boolean }} User */
/** @typedef {{ limit?: number, marker?: string, filters: [string, string][] }} Query */

/** @param {number} count @returns {User[]} */
const make = (count) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index).padStart(32, "0"),
    // Few, and the first of them after the first page.
    name: index % 600 === 599 ? `Special ${index}` : `user ${index}`,
    domain_id: "default",
    enabled: index % 2 === 0,
  }));

/** How many records a list without a limit has at most, without saying so. */
const silentCap = 1000;

const everybody = make(1250);

/**
 * A part of a list, cut as by Keystone 2025.1 and newer.
 * @param {Call} call
 * @param {User[]} users
 * @param {number} [limit]
 * @returns {Reply}
 */
function part({ root, path }, users, limit = silentCap) {
  const page = users.slice(0, limit);
  // It does not check whether there is more: a page that is exactly full has a next one.
  const full = page.length === limit && limit !== silentCap;
  const next = full ? `${root}${path}?limit=${limit}&marker=${page.at(-1)?.id}` : null;
  const links = { next, self: `${root}${path}`, previous: null };
  return json(200, { users: page, links, ...(full && { truncated: true }) });
}

/** @param {User[]} users @param {string} [marker] */
const after = (users, marker) =>
  marker === undefined ? users : users.slice(users.findIndex(({ id }) => id === marker) + 1);

/** @type {Record<string, (text: string, part: string) => boolean>} */
const texts = {
  name__contains: (text, part) => text.includes(part),
  name__startswith: (text, part) => text.startsWith(part),
  name__icontains: (text, part) => text.toLowerCase().includes(part.toLowerCase()),
};

/** @param {Query["filters"]} filters @returns {(user: User) => unknown} */
const matching = (filters) => (user) =>
  filters.every(([name, value]) =>
    name === "enabled" ? String(user.enabled) === value : texts[name]?.(user.name, value),
  );

/** @param {Call} call @param {User[]} users */
const whole = ({ root, path }, users) =>
  json(200, { users, links: { next: null, self: `${root}${path}`, previous: null } });

const lost = (/** @type {string} */ marker) =>
  fault(404, "Not Found", `Marker ${marker} could not be found.`);

/** @type {Record<string, (call: Call, query: Query) => Reply>} */
const servers = {
  /** As it should be. */
  pages: (call, { limit, marker, filters }) =>
    part(call, after(everybody.filter(matching(filters)), marker), limit),
  /** Two pages of the default size, each exactly full. */
  "pages-full": (call, { limit, marker }) => part(call, after(make(1000), marker), limit),
  /** An operator's limit overrides the client's. */
  "pages-limited": (call, { marker }) => part(call, after(everybody, marker), 400),
  /** The address of the next page is on another server, with the prefix twice. */
  "pages-astray": (call, query) => {
    const reply = servers.pages?.(call, query) ?? whole(call, []);
    return { ...reply, body: reply.body.replaceAll(`${call.root}/v3`, `${call.foreign}/v3/v3`) };
  },
  /** Before 2025.1: no pages, whatever is requested. */
  "pages-old": (call, { filters }) => whole(call, everybody.filter(matching(filters))),
  /** The same with an operator's limit: the rest can't be had. */
  "pages-old-cut": () =>
    json(200, { users: everybody.slice(0, 100), links: { next: null }, truncated: true }),
  /** LDAP: cut by the limit, and the marker is ignored. */
  "pages-loop": (call, { limit }) =>
    limit ? part(call, everybody, limit) : whole(call, everybody),
  /** 2025.1.0: refuses parameters that it does not know, among them the limit. */
  "pages-400": (call, { limit, marker }) =>
    limit || marker
      ? fault(400, "Bad Request", "Additional properties are not allowed ('limit' was unexpected)")
      : part(call, everybody),
  /** The same with few, so that nothing is missing. */
  "pages-400-few": (call, { limit }) =>
    limit ? fault(400, "Bad Request", "'limit' was unexpected") : whole(call, make(7)),
  /** Filters what is already on a page; the next page starts after the last match. */
  "pages-filtered": (call, { limit = silentCap, marker, filters }) => {
    const rest = after(everybody, marker);
    const cut = rest.slice(0, limit);
    const page = cut.filter(matching(filters));
    const truncated = cut.length < rest.length;
    const next = truncated && page.length > 0 ? `${call.root}${call.path}?marker=x` : null;
    return json(200, { users: page, links: { next }, ...(truncated && { truncated }) });
  },
  /** The last of each page is deleted before the next one is asked for. */
  "pages-gone": (call, { limit = silentCap, marker }) => {
    const last = marker !== undefined && (Number(marker) + 1) % limit === 0;
    return last ? lost(marker) : part(call, after(everybody, marker).slice(marker ? 1 : 0), limit);
  },
  /** It does not know the marker, but the limit. */
  "pages-lost": (call, { limit, marker }) =>
    marker === undefined ? part(call, everybody, limit) : lost(marker),
  /** There is always more, and always something new. */
  "pages-endless": (call, { limit = silentCap, marker }) => {
    const first = marker === undefined ? 0 : Number(marker) + 1;
    return part(call, make(first + limit).slice(first), limit);
  },
};

/** @param {Call} call @returns {Reply | undefined} undefined where it is none of these */
export function paged(call) {
  if (!Object.hasOwn(servers, call.fault)) return undefined;
  if (call.method !== "GET" || call.path !== "/v3/users") return keystone(call);
  const { limit, marker, ...filters } = Object.fromEntries(new URLSearchParams(call.search));
  return servers[call.fault]?.(call, {
    ...(limit && { limit: Number(limit) }),
    ...(marker && { marker }),
    filters: Object.entries(filters),
  });
}
