import { Readable } from "node:stream";

/**
 * Turns a fetch handler into a listener for node:http.
 *
 * @param {(request: Request) => Response | Promise<Response>} handler
 * @returns {import("node:http").RequestListener}
 */
export function nodeHandler(handler) {
  return async (incoming, outgoing) => {
    try {
      const response = await handler(requestOf(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(new Uint8Array(await response.arrayBuffer()));
    } catch (error) {
      console.error(error);
      outgoing.writeHead(500).end();
    }
  };
}

/** @param {import("node:http").IncomingMessage} incoming */
function requestOf(incoming) {
  const { method = "GET", url = "/" } = incoming;
  const headers = /** @type {Record<string, string>} */ (incoming.headers);
  const body = /^(GET|HEAD)$/.test(method) ? null : Readable.toWeb(incoming);
  return new Request(
    `http://${headers.host}${url}`,
    /** @type {RequestInit} */ ({
      method,
      headers,
      body,
      duplex: "half",
    }),
  );
}
