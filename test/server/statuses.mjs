/** Statuses as faults, each with the body and headers of Keystone, or of the proxy in front of it. */
import { fault, html, json, unauthorized } from "./reply.mjs";

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const statuses = {
  400: () => fault(400, "Bad Request", "Expecting to find auth in request body."),
  401: (call) => unauthorized(call),
  403: () =>
    fault(
      403,
      "Forbidden",
      "You are not authorized to perform the requested action: identity:list_users.",
    ),
  404: () => fault(404, "Not Found", "Could not find user: 0123456789abcdef."),
  405: () => json(405, { message: "The method is not allowed for the requested URL." }),
  409: () =>
    fault(409, "Conflict", "Conflict occurred attempting to store user - Duplicate entry."),
  413: () => ({
    status: 413,
    headers: { "Content-Type": "text/plain; charset=UTF-8" },
    body: "Request is too large.",
  }),
  // Keystone has no rate limits, but a proxy may. A page can't read Retry-After.
  429: () => json(429, { message: "Too many requests" }, { "Retry-After": "1" }),
  500: () => fault(500, "Internal Server Error", "An unexpected error prevented the server."),
  502: () => html(502, "502 Bad Gateway"),
  503: () => html(503, "503 Service Unavailable"),
  504: () => html(504, "504 Gateway Time-out"),
};
