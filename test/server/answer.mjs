/**
 * From a request to its reply: logs it under its tag, and finds out what plays the server at
 * `/<fault>/<tag>/…`: a service (services.mjs), an odd discovery document (discovery.mjs), a Keystone
 * with many users (paged.mjs) or odd lists (odd-lists.mjs), or one with a fault (faults.mjs).
 */
import { discovery } from "./discovery.mjs";
import { faulty } from "./faults.mjs";
import { oddLists } from "./odd-lists.mjs";
import { paged } from "./paged.mjs";
import { html } from "./reply.mjs";
import { serviceErrors } from "./service-errors.mjs";
import { serviceVersions } from "./service-versions.mjs";
import { services } from "./services.mjs";
import { v2Only } from "./v2-only.mjs";

/**
 * @typedef {object} Call a request, as those who play a server see it
 * @property {string} method
 * @property {string} path below `/<fault>/<tag>`, without the query
 * @property {string} search the query, with its question mark
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} body
 * @property {string} fault
 * @property {string} tag
 * @property {import("./tags.mjs").Tag} state what is remembered of the tag
 * @property {string} origin of this server
 * @property {string} foreign origin of the other one
 * @property {string} root URL of the simulated server: origin, fault and tag
 */

/**
 * Servers that answer every request in a way of their own.
 * @type {Record<string, (call: Call) => import("./reply.mjs").Reply>}
 */
const servers = { ...services, ...serviceErrors, ...serviceVersions, "v2-only": v2Only };

/**
 * @param {object} arrived
 * @param {import("node:http").IncomingMessage} arrived.request
 * @param {string} arrived.body
 * @param {import("./tags.mjs").Tags} arrived.tags
 * @param {string} arrived.foreign origin of the other server
 * @returns {import("./reply.mjs").Reply}
 */
export function answer({ request, body, tags, foreign }) {
  const origin = `http://${request.headers.host}`;
  const { pathname, search } = new URL(request.url ?? "/", origin);
  const [, fault = "", tag = ""] = pathname.split("/", 3);
  const state = tags(tag);
  const path = pathname.slice(`/${fault}/${tag}`.length);
  const { method = "GET", headers } = request;
  const token = headers["x-auth-token"];
  state.log.push({
    method,
    path: path + search,
    fault,
    headers: Object.keys(headers),
    ...(typeof token === "string" && { token }),
    body,
    length: Buffer.byteLength(body),
  });
  const root = `${origin}/${fault}/${tag}`;
  /** @type {Call} */
  const call = { method, path, search, headers, body, fault, tag, state, origin, foreign, root };
  const server = servers[fault];
  return (
    server?.(call) ??
    discovery(call) ??
    paged(call) ??
    oddLists(call) ??
    faulty(call) ??
    html(404, `There is no fault called "${fault}"`)
  );
}
