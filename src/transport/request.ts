import { attempt } from "../attempt.ts";
import { OptionsError } from "../errors.ts";
import { expect, expectSignal } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { parseUrl } from "../parse-url.ts";
import { withoutTokens } from "../redact.ts";

/** A request as data, so that it can be sent again. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** Of its URL; for one that is neither http nor https, its scheme. */
  readonly origin: string;
  /** Whether a redirect put one of the request's secrets into this URL, which is then not shown. */
  readonly isHidden?: boolean;
  readonly headers: Headers;
  readonly body?: BodyInit | null | undefined;
  readonly signal?: AbortSignal | null | undefined;
  /** Whether the body is a stream, which can be read only once. */
  readonly once: boolean;
  /** What else the caller gave to fetch. */
  readonly init: RequestInit;
  /** What it was read from: Node stops aborting the signal of a Request that nobody holds. */
  readonly source?: Request;
}

/**
 * Reads the arguments of a fetch. Nothing is copied but the headers: a Request's body is read as
 * bytes.
 *
 * @param form what a Request was made from, where that is known
 * @throws {OptionsError} if fetch can't take it; without the values, which may hold secrets.
 */
export async function readRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  form?: FormData,
): Promise<OutgoingRequest> {
  if (input instanceof Request) return fromRequest(init ? withInit(input, init) : input, form);
  const { method = "GET", headers, body, signal, ...rest } = init ?? {};
  expectSignal(signal);
  const once = isStream(body);
  return {
    method: readMethod(method, body),
    ...readAddress(input),
    headers: readHeaders(headers),
    body,
    signal,
    once,
    init: once ? ({ duplex: "half", ...rest } as RequestInit) : rest,
  };
}

/** Whether a body can be read only once: a stream of any realm, an iterator, or Node's own kind. */
function isStream(body: unknown): boolean {
  if (!isRecord(body)) return false;
  return Symbol.asyncIterator in body || "getReader" in body;
}

/** @throws {OptionsError} unlike the runtime's own errors, which repeat the value of a header. */
function withInit(request: Request, init: RequestInit): Request {
  expectSignal(init.signal);
  readHeaders(init.headers);
  if (init.method !== undefined) readMethod(init.method, undefined);
  const changed = attempt(() => new Request(request, init));
  expect(changed, "init", "what fetch takes with this Request");
  return changed;
}

async function fromRequest(request: Request, form: FormData | undefined): Promise<OutgoingRequest> {
  const { method, signal, keepalive, integrity, redirect } = request;
  const headers = new Headers(request.headers);
  // fetch writes a form again, with another boundary.
  if (form) headers.delete("Content-Type");
  const mayHaveBody = method !== "GET" && method !== "HEAD" && request.body !== null;
  return {
    method,
    ...readAddress(request.url),
    headers,
    body: form ?? (mayHaveBody ? await readBytes(request) : undefined),
    signal,
    once: false,
    init: { redirect, ...(keepalive && { keepalive }), ...(integrity && { integrity }) },
    source: request,
  };
}

async function readBytes(request: Request): Promise<ArrayBuffer | undefined> {
  try {
    const bytes = await request.arrayBuffer();
    return bytes.byteLength > 0 ? bytes : undefined;
  } catch (error) {
    // WebKit can't read a form with files back from a Request.
    const isForm = request.headers.get("Content-Type")?.startsWith("multipart/form-data");
    if (!isForm || request.signal.aborted) throw error;
    throw new OptionsError(
      "body: expected a form with files in the second argument, not in a Request",
    );
  }
}

/** As fetch does: it writes these methods in capitals, and leaves others as they are. */
function readMethod(given: string, body: unknown): string {
  expect(/^[\w!#$%&'*+.^`|~-]+$/.test(given), "method", "one that HTTP allows");
  const isUsual = /^(get|head|post|put|delete|options)$/i.test(given);
  const method = isUsual ? given.toUpperCase() : given;
  const mayHaveBody = method !== "GET" && method !== "HEAD";
  const isAllowed = mayHaveBody || body === undefined || body === null;
  expect(isAllowed, "body", `none with ${method}`);
  return method;
}

function readAddress(input: string | URL): { url: string; origin: string } {
  const url = parseUrl(input, globalThis.location?.href);
  if (!url) throw new OptionsError("url: expected an absolute URL");
  if (url.username || url.password) {
    throw new OptionsError("url: expected a URL without user and password");
  }
  url.hash = "";
  const { href, protocol } = url;
  return { url: href, origin: /^https?:$/.test(protocol) ? url.origin : protocol };
}

function readHeaders(headers: HeadersInit | undefined): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new OptionsError(
      "headers: expected names and values that HTTP allows, without line breaks",
    );
  }
}

interface Place extends Pick<OutgoingRequest, "method" | "url" | "isHidden"> {
  /** Those that were sent: a path may repeat their tokens, as Identity v2.0's do. */
  readonly headers?: Headers;
}

/** Describes a request by method and address. */
export function describeRequest(request: Place): string {
  return `${request.method} ${addressOf(request)}`;
}

/** An address without query and fragment, which may hold anything, and without tokens. */
export function addressOf({ url, isHidden, headers }: Omit<Place, "method">): string {
  const [address = ""] = url.split(/[?#]/);
  const tokens = ["X-Auth-Token", "X-Subject-Token"].map((name) => headers?.get(name));
  const repeats = tokens.some((token) => token && address.includes(token));
  return isHidden || repeats ? "[redacted]" : withoutTokens(address);
}
