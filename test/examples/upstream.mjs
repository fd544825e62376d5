/** A service that reports what reached it, and does what the query says. */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/**
 * @typedef {object} Seen
 * @property {string} line "GET /traits?name=a"
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {string} body
 */

/**
 * With `?refuse=ID` the first request of that id is answered 401, with `?always=401` each one; with
 * `?to=URL` it redirects; with `?drip` it sends "one" at once, and "two" after `next()`.
 */
export async function startUpstream() {
  /** @type {Seen[]} */
  const seen = [];
  const refused = new Set();
  let next = () => {};
  /** @type {(seen: Seen) => void} */
  let began = () => {};
  const server = createServer(async (request, response) => {
    const { method, url = "", headers } = request;
    const query = new URL(url, "http://upstream").searchParams;
    const entry = { line: `${method} ${url}`, headers, body: "" };
    seen.push(entry);
    began(entry);
    entry.body = await text(request).catch(() => "broken off");
    const id = query.get("refuse");
    const dead = query.has("always") || (id !== null && !refused.has(id));
    if (id) refused.add(id);
    const to = query.get("to");
    if (dead) response.writeHead(401, { "WWW-Authenticate": "Keystone" }).end("{}");
    else if (to) response.writeHead(302, { Location: to }).end();
    else if (!query.has("hang")) {
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Set-Cookie": "service=1",
        "X-Subject-Token": "gAAAA-of-somebody",
        "OpenStack-API-Version": "placement 1.39",
        Server: "upstream",
        Location: `http://${headers.host}/prefix/resource_providers/1`,
      });
      if (query.has("drip")) {
        response.write("one");
        next = () => response.end("two");
      } else {
        response.end(JSON.stringify({ length: entry.body.length }));
      }
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/prefix`,
    seen,
    /** The requests with this query. @param {string} query */
    all: (query) => seen.filter(({ line }) => line.endsWith(`?${query}`)),
    /** The last of these. @param {string} query */
    of: (query) => seen.filter(({ line }) => line.endsWith(`?${query}`)).slice(-1)[0],
    next: () => next(),
    /** @returns {Promise<Seen>} the next request, when its headers are there */
    begins: () => new Promise((resolve) => (began = resolve)),
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
