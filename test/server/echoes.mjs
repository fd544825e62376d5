/**
 * Servers that repeat what they were sent in unexpected places: a login's password, or a call's token.
 * For the text of an error, see bodies.mjs.
 */
import { fault, html, json } from "./reply.mjs";

/** @typedef {import("./reply.mjs").Reply} Reply */

/** The secret of a request. @param {import("./answer.mjs").Call} call */
function secretOf({ headers, body }) {
  const token = headers["x-auth-token"];
  if (typeof token === "string") return token;
  return String(JSON.parse(body).auth.identity.password.user.password);
}

/** @param {string} text */
const escaped = (text) =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`).replaceAll("&#34;", "&quot;");

/** What HTTP allows in a header. @param {string} text */
const plain = (text) => text.replace(/[^\x20-\x7e]/g, "?");

/** @type {Record<string, (secret: string) => Reply>} */
const echoes = {
  reason: (secret) => ({ ...html(400, ""), body: "", reason: plain(`Bad ${secret}`) }),
  type: (secret) => ({ ...html(200, "OK"), headers: { "Content-Type": `text/${plain(secret)}` } }),
  "request-id": (secret) => ({
    ...fault(400, "Bad Request", "No."),
    requestId: plain(`req-${secret}`),
  }),
  page: (secret) => ({
    ...html(400, ""),
    body: `<h1>Bad Request</h1><pre>${escaped(secret)}</pre>`,
  }),
  title: (secret) => fault(400, secret, "No."),
  key: (secret) => json(400, { [secret]: { message: "No." } }),
  "a-list": (secret) => json(400, { errors: [{ detail: [secret, secret] }] }),
  repr: (secret) =>
    fault(400, "Bad Request", `{'password': '${secret.replace(/[\\']/g, "\\$&")}'}`),
  "url-encoded": (secret) => fault(400, "Bad Request", `password=${encodeURIComponent(secret)}`),
  methods: (secret) => ({
    ...json(401, { required_auth_methods: [[secret]] }, { "Openstack-Auth-Receipt": "a-receipt" }),
  }),
};

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const echoing = Object.fromEntries(
  Object.entries(echoes).map(([how, reply]) => [
    `echo-by-${how}`,
    (/** @type {import("./answer.mjs").Call} */ call) => reply(secretOf(call)),
  ]),
);
