/** What is wrong with each of the servers in diagnose.mjs: its answers, its preflights, or nothing. */
import { preflightHeaders } from "./cors.mjs";
import { keystone } from "./keystone.mjs";
import { empty, html, json } from "./reply.mjs";
import { v2Only } from "./v2-only.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/**
 * @typedef {object} Condition
 * @property {(call: Call) => Reply} [answer] a good Keystone's by default
 * @property {typeof preflightHeaders} [preflight] Keystone's by default
 */

/** Keystone below a prefix. @param {Call} call @param {string} prefix */
const below = (call, prefix) => {
  const { path, root } = call;
  if (!path.startsWith(prefix)) return undefined;
  return keystone({ ...call, path: path.slice(prefix.length), root: root + prefix });
};

/** A preflight that refuses these headers, or methods. @param {string[]} refused */
const refusing =
  (...refused) =>
  (/** @type {import("./cors.mjs").Headers} */ headers) => {
    const asked = [
      headers["access-control-request-method"],
      headers["access-control-request-headers"],
    ];
    const names = asked.join(",").toLowerCase().split(",");
    return refused.some((name) => names.includes(name)) ? {} : preflightHeaders(headers);
  };

/** A Keystone with this answer to logins, or to everything else. */
const login = (/** @type {Reply} */ reply) => (/** @type {Call} */ call) =>
  call.method === "POST" ? reply : keystone(call);

/** A Keystone whose clock is off by that many seconds. */
const clock =
  (/** @type {number} */ seconds, /** @type {string[]} */ ...expose) =>
  (/** @type {Call} */ call) => {
    const { headers, ...reply } = keystone(call);
    const date = new Date(Date.now() + seconds * 1000).toUTCString();
    return {
      ...reply,
      headers: { ...headers, Date: date },
      expose: ["X-Openstack-Request-Id", "X-Subject-Token", ...expose],
    };
  };

const console = () => html(200, "Log in to the cloud");

/** @type {Record<string, Condition>} */
export const conditions = {
  healthy: { answer: keystone },
  identity: {
    answer: (call) => below(call, "/identity") ?? html(404, "Not Found"),
  },
  keystone: {
    answer: (call) => below(call, "/keystone") ?? html(404, "Not Found"),
  },

  // CORS if [cors] isn't set, or if an option replaces Keystone's default.
  "no-cors": { answer: (call) => ({ ...keystone(call), expose: false }), preflight: () => ({}) },
  "no-auth-token": { preflight: refusing("x-auth-token") },
  "no-token-headers": {
    preflight: refusing("x-auth-token", "x-subject-token", "openstack-auth-receipt"),
  },
  "no-receipt": { preflight: refusing("openstack-auth-receipt") },
  "no-content-type": { preflight: refusing("content-type") },
  "no-post": { preflight: refusing("post") },
  "no-delete": { preflight: refusing("delete") },
  "not-exposed": {
    answer: (call) => ({ ...keystone(call), expose: ["Content-Type", "Cache-Control"] }),
  },

  // Something else.
  console: { answer: console },
  "console-without-cors": { answer: () => ({ ...console(), expose: false }) },
  "console-and-identity": { answer: (call) => below(call, "/identity") ?? console() },
  "hidden-console-and-identity": {
    answer: (call) => below(call, "/identity") ?? { ...console(), expose: false },
    preflight: refusing(),
  },
  "redirect-to-console": {
    answer: ({ path }) =>
      path === "/auth/login/" ? console() : empty(302, { Location: "/auth/login/?next=secret" }),
  },
  "redirect-away": {
    answer: ({ path, foreign }) =>
      empty(301, { Location: `${foreign.replace("127.0.0.1", "localhost")}${path}` }),
  },
  moved: {
    answer: (call) =>
      below(call, "/cloud/keystone") ??
      empty(308, { Location: `/cloud/keystone${call.path === "/" ? "" : call.path}` }),
  },
  missing: { answer: () => html(404, "Not Found") },
  "other-json": { answer: () => json(200, { hello: 1 }) },
  cinder: {
    answer: ({ root }) => {
      const base = "application/json";
      const type = "application/vnd.openstack.volume+json;version=3";
      const links = [{ rel: "self", href: `${root}/v3/` }];
      const version = { id: "v3.0", status: "CURRENT", version: "3.70", links };
      return json(300, { versions: [{ ...version, "media-types": [{ base, type }] }] });
    },
  },
  nova: {
    answer: ({ root }) => {
      const ids = ["v2.0", "v2.1"];
      const links = (/** @type {string} */ id) => [{ rel: "self", href: `${root}/${id}/` }];
      return json(200, { versions: ids.map((id) => ({ id, links: links(id) })) });
    },
  },
  v2: { answer: v2Only },

  // A Keystone in trouble, or behind a proxy in trouble.
  down: { answer: () => html(503, "Service Unavailable") },
  busy: { answer: () => json(429, { message: "Too many requests" }, { "Retry-After": "1" }) },
  "login-fails": { answer: login(html(502, "Bad Gateway")) },
  "login-fails-without-cors": { answer: login({ ...html(502, "Bad Gateway"), expose: false }) },
  "login-forbidden": { answer: login(html(403, "Forbidden by the firewall")) },
  "login-missing": { answer: login(html(404, "Not Found")) },
  "login-dropped": { answer: login({ ...empty(0), ending: "reset" }) },
  "login-redirected": { answer: login(empty(302, { Location: "/auth/login/" })) },
  "clock-ahead": { answer: clock(86_400) },
  "clock-behind-exposed": { answer: clock(-3_600, "Date") },
  "clock-half-a-minute-ahead": { answer: clock(30, "Date") },
  silent: { answer: () => ({ ...empty(0), ending: "silent" }) },
  stalled: { answer: (call) => ({ ...keystone(call), ending: "stalled" }) },
  cut: { answer: (call) => ({ ...keystone(call), ending: "cut" }) },
  dropping: { answer: () => ({ ...empty(0), ending: "reset" }) },
};
