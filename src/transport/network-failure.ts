import type { ErrorCause, TransportReason } from "../error-details.ts";
import { TransportError } from "../errors.ts";
import { isRecord } from "../is-record.ts";
import { repeatsSecret, type Secrets, showWords } from "../redact.ts";
import { describeRequest } from "./request.ts";

/** The words and codes by which runtimes and libraries say why there is no reply. */
const reasons: readonly (readonly [TransportReason, RegExp])[] = [
  ["dns", /ENOTFOUND|EAI_|dns|lookup|resolve host|name resolution/i],
  ["refused", /ECONNREFUSED|ConnectionRefused|connection refused|unable to connect/i],
  ["tls", /CERT|certificate|\bTLS|\bSSL|handshake/i],
  ["timeout", /ETIMEDOUT|TIMEOUT|timed out/i],
  ["reset", /ECONNRESET|EPIPE|UND_ERR_SOCKET|reset|closed|terminated|connection lost|HPE_/i],
];

/** How the fetch of a runtime, or a library that takes its place, says that there is no reply. */
const failed =
  /^(Failed to fetch|Load failed|NetworkError when|fetch failed|terminated|network error|A network error|Network request failed|Network connection lost|The Internet connection|error sending request|error decoding response|Unable to connect|connection closed|internal error; reference|request to \S+ failed)/i;

const failureCode =
  /^(E[A-Z]{3,}|EAI_\w+|UND_ERR_\w+|HPE_\w+|Connection[A-Z]\w+|FailedToOpenSocket|ERR_TLS\w*|ERR_SSL\w*|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** Whether an error means that no reply came, rather than a mistake in the caller's own `fetch`. */
export function isNetworkFailure(error: unknown): boolean {
  if (!isRecord(error)) return false;
  const { name, message, code, cause } = error;
  if (failed.test(String(message).trim())) return true;
  if (name === "TimeoutError" || name === "NetworkError" || name === "FetchError") return true;
  const codes = [code, isRecord(cause) ? cause.code : undefined];
  return codes.some((one) => typeof one === "string" && failureCode.test(one));
}

/** The error for a request without a reply: with the runtime's words, without its objects. */
export function noReply(
  request: { readonly method: string; readonly url: string },
  error: unknown,
  secrets: Secrets,
): TransportError {
  const cause = rebuildCause(error, secrets);
  const all = `${cause.name} ${cause.code ?? ""} ${cause.message}`;
  const reason = isOffline() ? "offline" : reasons.find(([, words]) => words.test(all))?.[0];
  const isHidden = isPage() && reason !== "offline";
  const why = isHidden ? "network error or blocked by CORS: diagnose() tells more" : cause.message;
  return new TransportError(`${describeRequest(request)}: no response (${why})`, { reason, cause });
}

/** An error's name, code and words, and those of what caused it; no address and no secret. */
function rebuildCause(error: unknown, secrets: Secrets): ErrorCause {
  const names: string[] = [];
  const words: string[] = [];
  let code: string | undefined;
  let next = error;
  for (let depth = 0; depth < 4 && isRecord(next); depth++) {
    const { name, message, code: own, cause }: Record<string, unknown> = next;
    names.push(String(name));
    words.push(String(message));
    if (typeof own === "string" && /^\w+$/.test(own)) code ??= own;
    next = cause;
  }
  const plain = words
    .filter((text) => text !== "" && text !== "undefined")
    .join(": ")
    // Deno and Bun repeat the whole address here, its query included.
    .replace(/\b[a-z]+:\/\/[^\s)'"]+/gi, (url) => url.split(/[?#]/)[0] ?? "");
  return {
    name: names[0] ?? "Error",
    ...(code && { code }),
    message: showWords(plain || code || "no reason given", secrets),
  };
}

/**
 * Whether an error of the caller's own `fetch` may pass as it is: not if it shows a secret of the
 * request, or holds the request itself.
 */
export function isHarmless(error: unknown, secrets: Secrets, depth = 0): boolean {
  if (typeof error === "string") return !repeatsSecret(error, secrets.values);
  if (typeof error !== "object" || error === null) return true;
  if (depth > 4 || isWebObject(error)) return false;
  return Reflect.ownKeys(error).every((key) => {
    return isHarmless(Reflect.get(error, key), secrets, depth + 1);
  });
}

function isWebObject(value: object): boolean {
  return value instanceof Request || value instanceof Response || value instanceof Headers;
}

/** A page learns nothing about a failed request, so that it can't explore the user's network. */
function isPage(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}

function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
