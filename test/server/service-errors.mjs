/**
 * Services that fail: `/error-<service>/<tag>/…` answers every request with a real error of that
 * service.
 */
import { exposed } from "./cors.mjs";
import { json } from "./reply.mjs";
import { errors } from "./service-error-table.mjs";

/** @typedef {import("./reply.mjs").Reply} Reply */

/** The headers that a page may read if the service's settings are generous. */
const expose = [...exposed, "X-Compute-Request-Id", "X-Trans-Id", "X-Request-Id", "Retry-After"];

/** @param {import("./service-error-table.mjs").ServiceError} error @returns {Reply} */
function replyOf({ status, document, other, headers }) {
  const reply = other ? { status, ...other } : json(status, document);
  return { ...reply, headers: { ...reply.headers, ...headers }, requestId: false, expose };
}

/** @type {Record<string, () => Reply>} */
export const serviceErrors = Object.fromEntries(
  Object.entries(errors).map(([name, error]) => [`error-${name}`, () => replyOf(error)]),
);
