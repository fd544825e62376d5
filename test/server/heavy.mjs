/** Bodies that are compressed, or only say so, and a large one. */
import { gzipSync } from "node:zlib";

/** @typedef {import("./reply.mjs").Reply} Reply */

/** @type {Record<string, import("./faults.mjs").Fault>} */
export const heavy = {
  gzip: (_, good) => packed(good(), gzipSync),
  "gzip-half": (_, good) => packed(good(), (body) => gzipSync(body).subarray(0, 200)),
  "gzip-lie": (_, good) => packed(good(), (body) => body),
  /** A catalog of 10 MB in the token. */
  huge: (_, good) => {
    const reply = good();
    const document = JSON.parse(reply.body);
    document.token.catalog.push(...Array.from({ length: 1000 }, service));
    return { ...reply, body: JSON.stringify(document) };
  },
};

/** @param {Reply} reply @param {NonNullable<Reply["encode"]>} encode @returns {Reply} */
function packed(reply, encode) {
  return { ...reply, headers: { ...reply.headers, "Content-Encoding": "gzip" }, encode };
}

/** A service of about 10 kB. @param {unknown} _ @param {number} number */
function service(_, number) {
  const id = String(number).padStart(32, "0");
  const endpoints = Array.from({ length: 50 }, (_, region) => ({
    id,
    interface: "public",
    region_id: `Region${region}`,
    region: `Region${region}`,
    url: `https://service-${number}.region-${region}.example:9999/v1/${id}/`,
  }));
  return { id, type: `huge-${number}`, name: `huge-${number}`, endpoints };
}
