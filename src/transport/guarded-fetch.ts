import {
  isKeystoneError,
  OptionsError,
  ResponseError,
  TransportError,
  UntrustedOriginError,
} from "../errors.ts";
import { httpOrigin, isSecured, parseUrl } from "../parse-url.ts";
import { repeatsSecret } from "../redact.ts";
import { secretsOf } from "../secrets-of.ts";
import { idHeader, type Log, type RequestKind, report, requestIdOf } from "./log-entry.ts";
import { isHarmless, isNetworkFailure, noReply } from "./network-failure.ts";
import { addressOf, describeRequest, type OutgoingRequest } from "./request.ts";

/** How one request is to be sent. */
interface SendOptions {
  readonly kind: RequestKind;
  /** Sent as `X-Auth-Token`. */
  readonly token?: string | undefined;
  /** 1 for the first time that it goes out. Default 1. */
  readonly attempt?: number | undefined;
  /** Whether a redirect may go to this origin. Default: to the request's own alone. */
  readonly isTrusted?: ((origin: string) => boolean) | undefined;
}

/** What all requests have in common. */
export interface FetchOptions {
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly log?: Log | undefined;
  /** Sent as `X-Openstack-Request-Id`. */
  readonly globalRequestId?: string | undefined;
}

/** Sends a request. */
export type Send = (request: OutgoingRequest, options: SendOptions) => Promise<Response>;

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** As many as fetch itself follows. */
const maxRedirects = 20;

/**
 * fetch for requests that carry secrets: no ambient credentials, no redirect to an untrusted origin
 * (fetch itself would send X-Auth-Token and the body there), nothing from the browser's cache, and one
 * class for "no response" in every runtime.
 *
 * @throws {TransportError} if there is no response.
 * @throws {UntrustedOriginError} for a redirect to an origin that is not trusted.
 */
export function guardedFetch({ fetch, log, globalRequestId }: FetchOptions): Send {
  return async (request, options) => {
    const { headers } = request;
    // Into the request itself: whoever reports its failure has to know this secret, too.
    if (options.token) headers.set("X-Auth-Token", options.token);
    // A call may have one of its own.
    if (globalRequestId && !headers.has(idHeader)) headers.set(idHeader, globalRequestId);
    let next = request;
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const response = await sendOnce(next, fetch, log, options);
      const isRedirect = redirects.includes(response.status);
      const location = isRedirect && response.headers.get("Location");
      const { redirect } = request.init;
      if (!location || redirect === "manual") return guardBody(response, next);
      discard(response);
      if (redirect === "error") throw notFollowed(request, 'redirected, and redirect is "error"');
      const target = parseUrl(location, next.url);
      if (!target || target.username || target.password) {
        throw new ResponseError(`${describeRequest(request)}: redirected to an invalid URL`);
      }
      // A question about versions holds no secret, and the answer is read as that of the first address.
      const isUpgrade = options.kind === "discovery" && isSecured(target.origin, request.url);
      const isTrusted =
        target.origin === request.origin || isUpgrade || options.isTrusted?.(target.origin);
      next = redirected(next, target, response.status);
      if (!httpOrigin(target) || !isTrusted) {
        const where = next.isHidden ? "[redacted]" : target.origin;
        throw new UntrustedOriginError(
          `${describeRequest(request)}: refused to follow a redirect to another origin, ${where}`,
        );
      }
      if (request.once) {
        throw notFollowed(
          request,
          "redirected, but the body is a stream, which can't be sent again",
        );
      }
    }
    throw notFollowed(request, "too many redirects");
  };
}

/**
 * A body that nobody reads would keep its connection busy. It does not matter if it can't be
 * cancelled.
 */
export function discard(response: Response): void {
  response.body?.cancel?.().catch(() => undefined);
}

function notFollowed(request: OutgoingRequest, why: string): TransportError {
  return new TransportError(`${describeRequest(request)}: ${why}`, { reason: "redirect" });
}

/** Unlike fetch's, a POST stays one at 301 and 302: a login that was moved is still a login. */
function redirected(request: OutgoingRequest, target: URL, status: number): OutgoingRequest {
  target.hash = "";
  const { origin, pathname, href: url } = target;
  const headers = new Headers(request.headers);
  // As fetch does: they belong to the origin that they were meant for.
  if (origin !== request.origin) {
    for (const name of ["Authorization", "Proxy-Authorization", "Cookie", "Host"]) {
      headers.delete(name);
    }
  }
  const { values } = secretsOf(request.headers, request.url, request.body);
  const isHidden = request.isHidden || repeatsSecret(`${origin}${pathname}`, values);
  const next = { ...request, url, headers, isHidden };
  if (status !== 303 || request.method === "HEAD") return next;
  headers.delete("Content-Type");
  return { ...next, method: "GET", body: undefined };
}

async function sendOnce(
  request: OutgoingRequest,
  fetch: typeof globalThis.fetch | undefined,
  log: Log | undefined,
  { kind, attempt = 1 }: SendOptions,
): Promise<Response> {
  const { method, url, headers, body, signal } = request;
  const init: RequestInit = {
    ...request.init,
    method,
    headers,
    body: body ?? null,
    ...(signal && { signal }),
    redirect: "manual",
    credentials: "omit",
    // Workers without the flag for it refuse any request that has the field.
    ...("cache" in Request.prototype && { cache: "no-store" }),
  };
  const began = performance.now();
  const tell = (response?: Response) => {
    if (!log) return;
    const milliseconds = performance.now() - began;
    const requestId = response && requestIdOf(response.headers, secretsOf(headers, url, body));
    report(log, {
      kind,
      method,
      url: addressOf(request),
      ...(response
        ? { status: response.status }
        : { code: signal?.aborted ? "Aborted" : "Transport" }),
      ...(requestId && { requestId }),
      milliseconds,
      attempt,
    });
  };
  try {
    const response = await (fetch ?? globalThis.fetch)(url, init);
    // Another realm's, or a library's own, is one too.
    if (typeof response?.status !== "number" || !response.headers) {
      throw new OptionsError("fetch: expected a function that returns a Response");
    }
    tell(response);
    // All that a page sees of a redirect is that it is one.
    if (response.status === 0 && request.init.redirect !== "manual") {
      throw notFollowed(
        request,
        "redirected, but a page is not told where to: use the address that it leads to",
      );
    }
    return response;
  } catch (error) {
    if (isKeystoneError(error)) throw error;
    tell();
    throw failureOf(error, request, Boolean(fetch));
  }
}

/**
 * What the caller gets: their own abort reason or an error of their own fetch, as it is; a
 * TransportError whenever no response came.
 */
function failureOf(error: unknown, request: OutgoingRequest, isCallersFetch: boolean): unknown {
  if (request.signal?.aborted) return request.signal.reason;
  const secrets = secretsOf(request.headers, request.url, request.body);
  const isCallers = isCallersFetch && !isNetworkFailure(error);
  return isCallers && isHarmless(error, secrets) ? error : noReply(request, error, secrets);
}

const readers = ["text", "json", "blob", "arrayBuffer", "bytes"] as const;

/** A body that breaks off counts as no response; every runtime has its own error for that. */
function guardBody(response: Response, request: OutgoingRequest): Response {
  const broken = (error: unknown): never => {
    if (request.signal?.aborted) throw request.signal.reason;
    // The body is complete, but not JSON.
    if (error instanceof Error && error.name === "SyntaxError") throw error;
    throw noReply(request, error, secretsOf(request.headers, request.url, request.body));
  };
  for (const name of readers) {
    const read = response[name] as (() => Promise<never>) | undefined;
    if (!read) continue;
    response[name] = async () => {
      const isRead = response.bodyUsed;
      const body = read.call(response);
      return isRead ? body : body.catch(broken);
    };
  }
  const { formData, clone } = response;
  // In two steps, since its errors are the same for a broken body and for one that is not a form.
  response.formData = async () => {
    if (response.bodyUsed) return formData.call(response);
    return new Response(await response.arrayBuffer(), response).formData();
  };
  response.clone = () => guardBody(clone.call(response), request);
  return response;
}
