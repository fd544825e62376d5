import { attempt } from "../attempt.ts";
import type { ErrorCause } from "../error-details.ts";
import { TransportError } from "../errors.ts";
import { reasonOf } from "../failure-reason.ts";
import { isRecord, textOf } from "../is-record.ts";
import { repeatsSecret, showWords } from "../redact.ts";
import type { Secrets } from "../secrets-of.ts";
import { describeRequest, type OutgoingRequest } from "./request.ts";

/** How the fetch of a runtime, or a library that takes its place, says that there is no reply. */
const failed =
  /^(Failed to fetch|Load failed|NetworkError when|fetch failed|terminated|network error|A network error|Network request failed|Network connection lost|The Internet connection|error sending request|error decoding response|Unable to connect|connection closed|internal error; reference|request to \S+ failed)/i;

const failureCode =
  /^(E[A-Z]{3,}|EAI_\w+|UND_ERR_\w+|HPE_\w+|Connection[A-Z]\w+|FailedToOpenSocket|ERR_TLS\w*|ERR_SSL\w*|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** Whether an error means that no reply came, rather than a mistake in the caller's own `fetch`. */
export function isNetworkFailure(error: unknown): boolean {
  const { name, message, code, cause } = factsOf(error);
  if (failed.test(message.trim())) return true;
  if (name === "TimeoutError" || name === "NetworkError" || name === "FetchError") return true;
  return [code, factsOf(cause).code].some((one) => failureCode.test(one));
}

/** The error for a request without a reply: with the runtime's words, without its objects. */
export function noReply(
  request: OutgoingRequest,
  error: unknown,
  secrets: Secrets,
): TransportError {
  const cause = rebuildCause(error, secrets);
  const all = `${cause.name} ${cause.code ?? ""} ${cause.message}`;
  const reason = isOffline() ? "offline" : reasonOf(all);
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
    const facts: Facts = factsOf(next);
    names.push(facts.name);
    words.push(facts.message);
    if (/^\w+$/.test(facts.code)) code ??= facts.code;
    next = facts.cause;
  }
  if (code && repeatsSecret(code, secrets.values)) code = undefined;
  const plain = words
    .filter((text) => text !== "")
    .join(": ")
    // Deno and Bun repeat the whole address here, its query included.
    .replace(/\b[a-z]+:\/\/[^\s)'"]+/gi, (url) => url.split(/[?#]/)[0] ?? "");
  return {
    name: showWords(names[0] || "Error", secrets),
    ...(code && { code }),
    message: showWords(plain || code || "no reason given", secrets),
  };
}

/** What an error says of itself. */
interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly cause: unknown;
}

/** Reads an error, whose properties may themselves throw. */
function factsOf(error: unknown): Facts {
  const get = (name: string) => (isRecord(error) ? attempt(() => error[name]) : undefined);
  const [name, message, code] = ["name", "message", "code"].map((one) => textOf(get(one)));
  return { name: name ?? "", message: message ?? "", code: code ?? "", cause: get("cause") };
}

/**
 * Whether an error of the caller's own `fetch` may pass as it is: not if it shows a secret of the
 * request, or holds the request itself or anything else whose inside can't be seen from here.
 */
export function isHarmless(error: unknown, secrets: Secrets): boolean {
  return (secrets.complete && attempt(() => showsNothing(error, secrets.values, 0))) ?? false;
}

function showsNothing(value: unknown, secrets: readonly string[], depth: number): boolean {
  if (typeof value === "function") return Object.keys(value).length === 0;
  if (typeof value !== "object" || value === null) return !repeatsSecret(String(value), secrets);
  const isError = value instanceof Error;
  const isPlain = [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
  if (depth > 4 || !(isError ? isOfPlainClass(value) : isPlain)) return false;
  // An error may have its words from its class.
  const words = isError ? [value.name, value.message, value.stack, String(value)] : [];
  const keys = Reflect.ownKeys(value);
  return (
    [...words, ...keys].every((one) => !repeatsSecret(String(one), secrets)) &&
    keys.every((key) => {
      const one = Reflect.get(value, key);
      // What a console calls to show the object.
      const shows = typeof one === "function" && /toJSON|inspect|toPrimitive/i.test(String(key));
      return !shows && showsNothing(one, secrets, depth + 1);
    })
  );
}

/** Whether an error's classes are the runtime's, or add no way to show what can't be seen from here. */
function isOfPlainClass(error: Error): boolean {
  let one: object = Object.getPrototypeOf(error);
  // The last one is that of all objects.
  for (let next = Object.getPrototypeOf(one); next; next = Object.getPrototypeOf(next)) {
    const isBuiltIn = Reflect.get(globalThis, one.constructor.name)?.prototype === one;
    // Those of another realm are no more than this.
    const isPlain = Reflect.ownKeys(one).every((key) =>
      /^(constructor|name|message|toString)$/.test(String(key)),
    );
    if (!isBuiltIn && !isPlain) return false;
    one = next;
  }
  return true;
}

/** A page learns nothing about a failed request, so that it can't explore the user's network. */
function isPage(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}

function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}
