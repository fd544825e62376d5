/** Replies as data, in which the faults are written, and the one place that sends them. */
import { setTimeout as sleep } from "node:timers/promises";
import { corsHeaders, exposed } from "./cors.mjs";

/**
 * How a reply ends: whole; with the connection reset before any of it; with the connection closed
 * within the body; never, without even headers; never, within the body, in silence or drop by drop; or
 * with an invalid line before its headers.
 * @typedef {"whole" | "reset" | "cut" | "silent" | "stalled" | "dripping" | "garbled"} Ending
 */

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {Readonly<Record<string, string | string[]>>} headers a list means the header more than
 * once
 * @property {string} body
 * @property {(body: Buffer) => Buffer} [encode] what is sent instead of the body
 * @property {string} [reason] the words after the status
 * @property {string | false} [requestId] instead of one of ours; false: none but those in `headers`
 * @property {Ending} [ending]
 * @property {number} [delay] ms before it
 * @property {readonly string[] | false} [expose] the headers a page may read; false: no CORS
 * headers at all
 */

/**
 * @param {number} status
 * @param {unknown} value
 * @param {Reply["headers"]} [headers]
 * @returns {Reply}
 */
export function json(status, value, headers = {}) {
  const body = JSON.stringify(value);
  return { status, headers: { "Content-Type": "application/json", ...headers }, body };
}

/**
 * A page as written by Keystone's web framework, or by a proxy in front of it.
 * @param {number} status
 * @param {string} title
 * @returns {Reply}
 */
export function html(status, title) {
  const body = `<!doctype html>\n<html lang=en>\n<title>${title}</title>\n<h1>${title}</h1>\n`;
  return { status, headers: { "Content-Type": "text/html; charset=utf-8" }, body };
}

/**
 * Keystone's own form of an error.
 * @param {number} code
 * @param {string} title
 * @param {string} message
 * @param {Reply["headers"]} [headers]
 */
export function fault(code, title, message, headers = {}) {
  return json(code, { error: { code, message, title } }, headers);
}

/**
 * Keystone's 401, which says only where to get a token.
 * @param {{ root: string }} server
 */
export function unauthorized({ root }) {
  return fault(401, "Unauthorized", "The request you have made requires authentication.", {
    "WWW-Authenticate": `Keystone uri="${root}/v3"`,
  });
}

/** @param {number} status @param {Reply["headers"]} [headers] @returns {Reply} */
export function empty(status, headers = {}) {
  return { status, headers, body: "" };
}

let requestNumber = 0;

/**
 * @param {Reply} reply
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export async function send(reply, request, response) {
  const { status, headers, body, ending = "whole", delay = 0, expose = exposed } = reply;
  const { encode = (/** @type {Buffer} */ plain) => plain, reason } = reply;
  if (delay > 0) await sleep(delay);
  if (ending === "silent") return;
  if (ending === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  if (ending === "garbled") {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    request.socket.end([`HTTP/1.1 ${status} OK`, "no header", ...lines, "", body].join("\r\n"));
    return;
  }
  const content = encode(Buffer.from(request.method === "HEAD" ? "" : body));
  requestNumber += 1;
  const numbered = `req-00000000-0000-4000-8000-${String(requestNumber).padStart(12, "0")}`;
  const { requestId = numbered } = reply;
  if (reason !== undefined) response.statusMessage = reason;
  response.writeHead(status, {
    ...headers,
    ...(requestId !== false && { "X-Openstack-Request-Id": requestId }),
    ...(expose && corsHeaders(request.headers, expose)),
    // One request per connection: browsers simply repeat a request that fails on a reused one.
    Connection: "close",
    ...(status !== 204 && {
      "Content-Length": ending === "whole" ? content.length : content.length + 1000,
    }),
  });
  if (ending === "whole") {
    response.end(content);
    return;
  }
  response.write(content.subarray(0, Math.ceil(content.length / 2)));
  if (ending === "dripping") {
    const drip = setInterval(() => response.write(" "), 20);
    response.once("close", () => clearInterval(drip));
  }
  if (ending === "cut") setTimeout(() => request.socket.destroy(), 20);
}
