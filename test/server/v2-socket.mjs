/**
 * HTTP/1.0 on a plain socket, as Python's BaseHTTPRequestHandler speaks it: one request per
 * connection; a successful answer has no length and ends with the connection; a body without a
 * Content-Length, even a chunked one, ends the connection without an answer.
 */
import { createServer } from "node:net";

/**
 * @typedef {object} V2Request
 * @property {string} method
 * @property {string} path with its query
 * @property {Record<string, string>} headers by names in lower case
 * @property {string} body
 */

/**
 * @typedef {object} V2Reply
 * @property {number} status
 * @property {string} reason the words after the status
 * @property {Record<string, string>} headers
 * @property {string} body
 * @property {"1.0" | "1.1"} [version]
 */

/**
 * @param {(request: V2Request) => V2Reply} answer
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export function listen(answer) {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const request = parse(received);
      if (request === "more") return;
      if (request === undefined) socket.destroy();
      else socket.end(write(answer(request)));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      const stop = () =>
        new Promise((/** @type {(value: void) => void} */ stopped) => {
          server.close(() => stopped());
          for (const socket of sockets) socket.destroy();
        });
      resolve({ url: `http://127.0.0.1:${port}`, stop });
    });
  });
}

/** @param {Buffer} received @returns {V2Request | "more" | undefined} undefined: what it can't read */
function parse(received) {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return "more";
  const [first = "", ...lines] = received.subarray(0, end).toString("latin1").split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = headers["content-length"];
  if (["POST", "PUT"].includes(method) && length === undefined) return undefined;
  const body = received.subarray(end + 4);
  if (body.length < Number(length ?? 0)) return "more";
  return { method, path, headers, body: body.toString("utf8") };
}

/** @param {V2Reply} reply */
function write({ status, reason, headers, body, version = "1.0" }) {
  const head = [
    `HTTP/${version} ${status} ${reason}`,
    "Server: BaseHTTP/0.6 Python/3.11.2",
    ...Object.entries({ Date: new Date().toUTCString(), ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
