/**
 * Services with version documents, at the address above their versions: `/versions-<name>/<tag>/` has
 * the document, and any path below it reports what arrived.
 */
import { html, json, unauthorized } from "./reply.mjs";
import { services } from "./services.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/** @param {string} root @param {readonly string[]} lines ids with their status */
const document = (root, lines) => ({
  versions: lines.map((line) => {
    const [id = "", status] = line.split(" ");
    return { id, status, links: [{ rel: "self", href: `${root}/${id.replace(/\.0$/, "")}/` }] };
  }),
});

/** @type {Record<string, readonly string[]>} */
const offers = {
  volume: ["v2.0 DEPRECATED", "v3.0 CURRENT"],
  ranks: ["v4.0 EXPERIMENTAL", "v3.0 SUPPORTED", "v2.0 CURRENT", "v1.0 DEPRECATED"],
  locked: ["v2.0 SUPPORTED", "v3.0 CURRENT"],
};

/** @param {string} name @param {Call} call @returns {Reply} */
function serve(name, call) {
  const isRoot = /^\/?$/.test(call.path);
  if (name === "locked" && isRoot && call.headers["x-auth-token"] === undefined) {
    return unauthorized(call);
  }
  if (isRoot) return json(300, document(call.root, offers[name] ?? []));
  return /** @type {(call: Call) => Reply} */ (services["service-ok"])(call);
}

/**
 * As Magnum does it: its microversions are beside the version, and not in the version's own document.
 *
 * @param {Call} call @returns {Reply}
 */
function besides(call) {
  const links = [{ rel: "self", href: `${call.root}/v1/` }];
  const range = { min_version: "1.1", max_version: "1.11" };
  if (/^\/?$/.test(call.path)) {
    return json(200, { versions: [{ id: "v1", status: "CURRENT", links, ...range }] });
  }
  if (/^\/v1\/?$/.test(call.path)) return json(200, { id: "v1", links, media_types: [] });
  return /** @type {(call: Call) => Reply} */ (services["service-ok"])(call);
}

/** @type {Record<string, (call: Call) => Reply>} */
export const serviceVersions = {
  ...Object.fromEntries(
    Object.keys(offers).map((name) => [
      `versions-${name}`,
      (/** @type {Call} */ call) => serve(name, call),
    ]),
  ),
  "versions-besides": besides,
  /** Only its version has a document, without microversions. */
  "versions-hidden": (call) => (/^\/?$/.test(call.path) ? html(404, "Not Found") : besides(call)),
  /** It has no version document. */
  "versions-silent": () => html(404, "Not Found"),
};
