/**
 * Services other than Keystone, which take a token; each name is also a service type in the fake
 * Keystone's catalog.
 */
import { fault, json, unauthorized } from "./reply.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/** What arrived, as the good service tells it back. @param {Call} call */
function echo({ method, path, search, headers, body }) {
  return json(200, {
    method,
    path: path + search,
    body,
    contentType: headers["content-type"] ?? null,
    token: headers["x-auth-token"] !== undefined,
  });
}

/** @type {Record<string, (call: Call) => Reply>} */
export const services = {
  "service-ok": echo,
  "service-401": unauthorized,
  /**
   * Refuses the first token it sees for good, and takes every other one: a token revoked before its
   * time.
   */
  "service-401-once": (call) => {
    const token = call.headers["x-auth-token"];
    if (typeof token !== "string") return unauthorized(call);
    call.state.refused ??= token;
    return token === call.state.refused ? unauthorized(call) : echo(call);
  },
  "service-403": () => fault(403, "Forbidden", "Policy doesn't allow it to be performed."),
  "service-503": () => json(503, { message: "The service is being upgraded." }),
};

export const serviceNames = Object.keys(services);
