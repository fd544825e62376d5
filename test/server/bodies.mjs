/**
 * Faults in the content of an answer: a body or headers that aren't Keystone's, odd times, talkative
 * errors.
 */
import { exposed } from "./cors.mjs";
import { empty, fault, html, json, unauthorized } from "./reply.mjs";
import { user } from "./token.mjs";

/** @typedef {import("./reply.mjs").Reply} Reply */

const expired = `The password is expired and needs to be changed for user: ${user.id}.`;

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const bodies = {
  html: () => html(200, "Welcome to our network"),
  html201: () => html(201, "Created"),
  html404: () => html(404, "Not Found"),
  empty: () => empty(201, { "Content-Type": "application/json" }),
  half: (_, good) => changed(good(), (body) => body.slice(0, body.length / 2)),
  "json-other": () => json(201, { hello: 1 }, { "X-Subject-Token": "gAAAAAB-other" }),
  "json-null": () => json(201, null, { "X-Subject-Token": "gAAAAAB-null" }),

  "no-subject-token": (_, good) => {
    const { "X-Subject-Token": _dropped, ...headers } = /** @type {any} */ (good().headers);
    return { ...good(), headers };
  },
  /** As made by a proxy that adds a header instead of replacing it. */
  "two-subject-tokens": (_, good) => {
    const reply = good();
    const id = /** @type {string} */ (reply.headers["X-Subject-Token"]);
    return { ...reply, headers: { ...reply.headers, "X-Subject-Token": [id, `${id}-2`] } };
  },
  "hidden-subject-token": (_, good) => ({
    ...good(),
    expose: exposed.filter((name) => name !== "X-Subject-Token"),
  }),
  "no-cors": (_, good) => ({ ...good(), expose: false }),

  /** A catalog with addresses that have no origin, or that contain another one. */
  "opaque-catalog": (call, good) => {
    const reply = good();
    const document = JSON.parse(reply.body);
    const endpoints = opaque(call.foreign).map((url) => ({
      interface: "public",
      url,
      region: "R",
    }));
    document.token.catalog?.push({ type: "opaque", name: "opaque", endpoints });
    return { ...reply, body: JSON.stringify(document) };
  },

  // A server whose clock is a day behind, and releases that leave out the Z.
  "skewed-clock": (_, good) =>
    changed(good(), (body) =>
      body.replace(/\d{4}-\d\d-\d\dT[\d:]+(?=\.000000Z)/g, (time) =>
        new Date(Date.parse(`${time}Z`) - 86_400_000).toISOString().slice(0, 19),
      ),
    ),
  "no-zone": (_, good) => changed(good(), (body) => body.replaceAll(".000000Z", "")),

  // Like releases before 2025.1, with jsonschema's dump of the request.
  "echo-secret": ({ body }) =>
    fault(
      400,
      "Bad Request",
      `Invalid input for field 'auth'\n\nOn instance['auth']:\n    ${body}`,
    ),
  "echo-token": ({ headers }) => {
    const token = headers["x-subject-token"] ?? headers["x-auth-token"];
    return fault(404, "Not Found", `Could not find token: ${token}.`);
  },
  "empty-message": () => fault(403, "Forbidden", ""),
  "password-expired": (call) => fault(401, "Unauthorized", expired, unauthorized(call).headers),
};

/** @param {string} foreign */
const opaque = (foreign) => [
  "unix:/run/nova.sock",
  "data:text/plain,x",
  "file:///run",
  `blob:${foreign}/0a74`,
  `ws${foreign.slice(4)}`,
  "null",
  "/v2.1",
  "//",
];

/** @param {Reply} reply @param {(body: string) => string} change @returns {Reply} */
function changed(reply, change) {
  return { ...reply, body: change(reply.body) };
}
