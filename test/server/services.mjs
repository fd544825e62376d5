/**
 * Services other than Keystone, which need a token; each name is also a service type in the fake
 * Keystone's catalog.
 */
import { fault, json, unauthorized } from "./reply.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/** What arrived, as the good service reports it. @param {Call} call */
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
   * Refuses the first token that it sees, for good, and accepts every other one: a token that was
   * revoked.
   */
  "service-401-once": (call) => {
    const token = call.headers["x-auth-token"];
    if (typeof token !== "string") return unauthorized(call);
    call.state.refused ??= token;
    return token === call.state.refused ? unauthorized(call) : echo(call);
  },
  /** May be kept by any cache for an hour, whoever asked: it sends no `Vary`. */
  "service-cached": (call) => ({
    ...echo(call),
    headers: { "Content-Type": "application/json", "Cache-Control": "public, max-age=3600" },
  }),
  /** Starts an answer, and never ends it. */
  "service-drip": (call) => ({ ...echo(call), ending: "dripping" }),
  "service-403": () => fault(403, "Forbidden", "Policy doesn't allow it to be performed."),
  "service-503": () => json(503, { message: "The service is being upgraded." }),
};

export const serviceNames = Object.keys(services);
