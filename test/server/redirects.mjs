/**
 * Redirects: `redirect-307` and the like to a good server of the same origin, `redirect-foreign-307`
 * to one of another origin, whose log (`GET /log/foreign/<tag>`) then shows whether a token or a
 * password was sent along.
 */
import { empty } from "./reply.mjs";

/** @typedef {import("./faults.mjs").Fault} Fault */

/** @param {number} status @param {"origin" | "foreign"} to @returns {Fault} */
const redirect = (status, to) => (call) => {
  const good = call.path.startsWith("/v3") ? "ok" : "service-ok";
  const target = `${call[to]}/${good}/${call.tag}${call.path}${call.search}`;
  return empty(status, { Location: target });
};

/** @type {Record<string, Fault>} */
export const redirects = Object.fromEntries(
  [301, 302, 303, 307, 308].flatMap((status) => [
    [`redirect-${status}`, redirect(status, "origin")],
    [`redirect-foreign-${status}`, redirect(status, "foreign")],
  ]),
);
