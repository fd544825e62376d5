/** The forms of the OVN provider's answers. */
import { STATUS_CODES } from "node:http";

/** @typedef {import("./v2-socket.mjs").V2Reply} V2Reply */

/**
 * A successful answer, without a length. @param {unknown} value @param {number} [status] @returns
 * {V2Reply}
 */
export function well(value, status = 200) {
  return {
    status,
    reason: STATUS_CODES[status] ?? "",
    headers: { "Content-Type": "application/json" },
    body: python(value),
  };
}

/** @param {number} status @returns {V2Reply} */
export function nothing(status) {
  return { status, reason: STATUS_CODES[status] ?? "", headers: {}, body: "" };
}

/** An error, whose message may be empty. @param {number} status @param {string} message */
export function error(status, message) {
  return page(status, STATUS_CODES[status] ?? "", python(message));
}

/**
 * What Python's own class says about an unknown method: the same template, but without quotes, so that
 * it is not JSON.
 * @param {string} method
 */
export function unsupported(method) {
  const reply = page(
    501,
    `Unsupported method ('${method}')`,
    "Server does not support this operation",
  );
  return method === "HEAD" ? { ...reply, body: "" } : reply;
}

/** @param {number} status @param {string} title @param {string} message @returns {V2Reply} */
function page(status, title, message) {
  const body = `\n{\n  "error": {\n    "message": ${escaped(message)},\n    "code": ${status},\n    "title": "${escaped(title)}"\n  }\n}\n`;
  return {
    status,
    reason: title,
    headers: {
      Connection: "close",
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
    },
    body,
  };
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** JSON as Python's json.dumps writes it: with spaces, and ASCII only. @param {unknown} value */
function python(value) {
  return JSON.stringify(value, null, 1)
    .replace(/([[{])\n\s*/g, "$1")
    .replace(/\n\s*([\]}])/g, "$1")
    .replace(/,\n\s*/g, ", ")
    .replace(
      /[\u007f-\uffff]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
