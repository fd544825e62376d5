/**
 * Disrupts the short-lived Keystone, from any runtime. This takes seconds: the answer comes when it is
 * up again.
 *
 *     GET /keystone/requests    what reached it so far, its Placement included
 *     POST /keystone/restart    stops it at once, in the middle of whatever it does
 *     POST /keystone/rotate     the same, and takes all keys away: no token is valid any more
 */
import { empty, html, json } from "./reply.mjs";

/**
 * @typedef {Pick<import("../keystone/keystone.mjs").TestKeystone,
 *   "requests" | "restart" | "rotateKeysAway">} Troubled
 */

/**
 * @param {Troubled | undefined} keystone undefined if there is none that may be disrupted
 * @returns {(request: string) => Promise<import("./reply.mjs").Reply>} answers `"POST /keystone/…"`
 */
export function keystoneControl(keystone) {
  /** One disruption at a time. @type {Promise<unknown>} */
  let last = Promise.resolve();
  return async (request) => {
    if (!keystone) return html(404, "There is no Keystone that may be troubled");
    if (request === "GET /keystone/requests") return json(200, keystone.requests() ?? null);
    /** @type {Record<string, () => Promise<void>>} */
    const troubles = {
      "POST /keystone/restart": keystone.restart,
      "POST /keystone/rotate": keystone.rotateKeysAway,
    };
    const trouble = troubles[request];
    if (!trouble) return html(404, "There is no such trouble");
    const done = last.then(trouble);
    last = done.catch(() => undefined);
    return done.then(
      () => empty(204),
      (error) => html(500, `Keystone did not come up: ${error}`),
    );
  };
}
