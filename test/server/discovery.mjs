/**
 * Discovery documents in every shape that was seen from a server: `/discovery-<shape>/<tag>/` gives
 * the document, and is a good Keystone elsewhere. A GET of a version (`…/v3`) gives that version.
 */
import { keystone, version } from "./keystone.mjs";
import { empty, html, json } from "./reply.mjs";

/** @typedef {import("./answer.mjs").Call} Call */
/** @typedef {import("./reply.mjs").Reply} Reply */

/** @param {string} id @param {string} href @param {object} [more] */
const entry = (id, href, more = {}) => ({
  id,
  status: "CURRENT",
  links: [{ rel: "self", href }],
  ...more,
});

/**
 * Keystone's list, with its version's href replaced.
 * @param {string} href
 * @returns {(call: Call) => Reply}
 */
const hrefs = (href) => (call) => {
  const links = [{ rel: "self", href: href.replace("{host}", new URL(call.root).host) }];
  return json(300, { versions: { values: [{ ...version(call.root), links }] } });
};

/** @type {Record<string, (call: Call) => Reply>} */
const shapes = {
  // Four forms of the same thing.
  "values-300": keystone,
  "list-200": ({ root }) => json(200, { versions: [version(root)] }),
  single: ({ root }) => json(200, { version: version(root) }),
  bare: ({ root }) => json(200, version(root)),

  // Links that can't be followed as they are: behind a proxy, a server doesn't know its own
  // address.
  "internal-href": hrefs("http://internal.example:5000/v3/"),
  "https-href": hrefs("https://{host}/v3/"),
  "no-prefix-href": hrefs("http://{host}/v3/"),
  "relative-href": hrefs("v3/"),
  "absolute-path-href": hrefs("/v3/"),
  "empty-href": hrefs(""),
  "no-links": ({ root }) => {
    const { links: _, ...rest } = version(root);
    return json(300, { versions: { values: [rest] } });
  },

  // Several versions.
  "v2-and-v3": ({ root }) =>
    json(300, {
      versions: {
        values: [entry("v2.0", `${root}/v2.0/`, { status: "deprecated" }), version(root)],
      },
    }),
  "v4-and-v3": ({ root }) =>
    json(300, {
      versions: { values: [entry("v4.0", `${root}/v4/`, { status: "stable" }), version(root)] },
    }),
  "v4-only": ({ root }) => json(300, { versions: { values: [entry("v4.0", `${root}/v4/`)] } }),

  // Other services: compute with microversions, image with a 300, placement with an empty link.
  nova: ({ root }) =>
    json(200, {
      versions: [
        entry("v2.0", `${root}/v2/`, { status: "SUPPORTED", version: "", min_version: "" }),
        entry("v2.1", `${root}/v2.1/`, { version: "2.93", min_version: "2.1" }),
      ],
    }),
  glance: ({ root }) =>
    json(300, {
      versions: ["v2.16", "v2.15", "v2.9"].map((id, i) =>
        entry(id, `${root}/v2/`, i > 0 ? { status: "SUPPORTED" } : {}),
      ),
    }),
  // Its address is not the first link, which leads to the manual.
  cinder: ({ root }) =>
    json(300, {
      versions: ["v2.0", "v3.0"].map((id) => ({
        ...entry(id, ""),
        links: [
          { rel: "describedby", type: "text/html", href: "https://docs.example/v9/" },
          { rel: "self", href: `${root}/${id.slice(0, 2)}/` },
        ],
      })),
    }),
  placement: () =>
    json(200, { versions: [entry("v1.0", "", { min_version: "1.0", max_version: "1.39" })] }),

  // Not a discovery document at all.
  html: () => html(200, "Dashboard"),
  404: () => html(404, "Not Found"),
  401: () => html(401, "Authorization Required"),
  503: () => html(503, "503 Service Unavailable"),
  empty: () => empty(200, { "Content-Type": "application/json" }),
  other: () => json(200, { hello: 1 }),
  "no-versions": () => json(200, { versions: [] }),
};

/**
 * @param {Call} call
 * @returns {Reply | undefined} undefined where the fault is not one of discovery
 */
export function discovery(call) {
  const [, name = ""] = /^discovery-(.+)$/.exec(call.fault) ?? [];
  const shape = shapes[name];
  if (!shape) return undefined;
  return call.method === "GET" && /^\/?$/.test(call.path) ? shape(call) : keystone(call);
}
