/**
 * Servers that speak Identity v2.0 only, on two ports of their own: Identity and Networking.
 *
 *     /<variant>/<tag>/…    one that is as v2-variants.mjs says
 *     GET /log/<tag>        what reached both ports under a tag
 *
 * A tag is any unique string: each case takes its own. If it starts with "closing-", every answer says
 * `Connection: close`, which the real one leaves out after a success. The real one has no CORS, so
 * that a page reaches it only through a proxy; the headers that this would add are added here.
 */
import { error, well } from "./v2-reply.mjs";
import { listen } from "./v2-socket.mjs";
import { identityOf, networkingOf } from "./v2-variants.mjs";

/** @typedef {import("./v2-socket.mjs").V2Request} V2Request */
/** @typedef {import("./v2-socket.mjs").V2Reply} V2Reply */

/** @returns {Promise<{ identity: string, network: string, stop: () => Promise<unknown> }>} */
export async function startV2Server() {
  /** @type {Map<string, import("./v2-ovirt.mjs").V2State>} */
  const states = new Map();
  /** @param {string} tag */
  const stateOf = (tag) => {
    const state = states.get(tag) ?? { log: [], alive: new Set(), issued: 0 };
    states.set(tag, state);
    return state;
  };

  /** @param {"identity" | "network"} port @param {V2Request} request */
  const answer = (port, request) => {
    const [, variant = "", tag = "", ...rest] = request.path.split("/");
    const reply =
      variant === "log" ? well(stateOf(tag).log) : play(port, request, variant, tag, rest);
    return tag.startsWith("closing-") ? closing(reply) : reply;
  };

  /**
   * @param {"identity" | "network"} port
   * @param {V2Request} request
   * @param {string} variant
   * @param {string} tag
   * @param {readonly string[]} rest of the path
   */
  const play = (port, { method, headers, body }, variant, tag, rest) => {
    const state = stateOf(tag);
    const below = `/${rest.join("/")}`;
    const token = headers["x-auth-token"];
    state.log.push({ port, method, path: below, body, ...(token !== undefined && { token }) });
    const root = `${identityPort.url}/${variant}/${tag}`;
    const network = `${networkPort.url}/${variant}/${tag}`;
    const call = { method, path: below, body, token, state, root, network };
    const player = port === "network" ? networkingOf(variant) : identityOf(variant);
    return player?.(call) ?? error(404, `There is no variant called "${variant}"`);
  };

  /** @param {"identity" | "network"} port @returns {(request: V2Request) => V2Reply} */
  const withCors = (port) => (request) => {
    const { method, headers } = request;
    const { origin } = headers;
    if (origin === undefined) return answer(port, request);
    if (method === "OPTIONS" && headers["access-control-request-method"]) {
      return allowing(well({}), origin, headers["access-control-request-headers"]);
    }
    return allowing(answer(port, request), origin);
  };

  const identityPort = await listen(withCors("identity"));
  const networkPort = await listen(withCors("network"));
  return {
    identity: identityPort.url,
    network: networkPort.url,
    stop: () => Promise.all([identityPort.stop(), networkPort.stop()]),
  };
}

/** @param {V2Reply} reply @returns {V2Reply} */
function closing(reply) {
  return { ...reply, headers: { ...reply.headers, Connection: "close" } };
}

/** @param {V2Reply} reply @param {string} origin @param {string} [headers] @returns {V2Reply} */
function allowing(reply, origin, headers) {
  return {
    ...reply,
    headers: {
      ...reply.headers,
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
      ...(headers && { "Access-Control-Allow-Headers": headers }),
    },
  };
}
