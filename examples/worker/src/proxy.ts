import type { Session } from "keystone-fetch";
import { problem } from "./problem.ts";

/** The one service that callers can reach: its type, and the first part of the path here. */
export const proxied = "placement";

/**
 * What they may do there with this Worker's token, and nothing else. Paths with "..", "//" or "%2F"
 * match no rule, so it does not matter what a server would make of them.
 */
const rules: readonly (readonly [methods: readonly string[], path: RegExp])[] = [
  [["GET", "POST"], /^\/resource_providers$/],
  [["GET", "PUT", "DELETE"], /^\/resource_providers\/[\da-f-]{36}$/],
  [["GET"], /^\/resource_providers\/[\da-f-]{36}\/(inventories|usages|traits)$/],
  [["GET"], /^\/(resource_classes|traits|usages)$/],
];

/**
 * The headers that are passed on, in each direction: no cookie, no token, nothing about this
 * connection.
 */
const sent = ["Accept", "Content-Type", "If-Match", "If-None-Match", "OpenStack-API-Version"];
const returned = [
  "Cache-Control",
  "Content-Type",
  "ETag",
  "Last-Modified",
  "OpenStack-API-Version",
  "Retry-After",
  "X-Openstack-Request-Id",
];

/** Bytes up to which a body is kept, so that it can be sent again if the token has expired. */
const small = 2 ** 20;

/** Milliseconds within which the answer must begin; how long it then takes is up to the caller. */
const patience = 10_000;

/** Sends a request on to the service, with a token; all but small bodies are streamed. */
export async function proxy(request: Request, session: Session): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice(`/${proxied}`.length);
  const methods = rules.filter(([, pattern]) => pattern.test(path)).flatMap(([names]) => names);
  if (methods.length === 0) return problem(403, "NotAllowed", "This Worker does not pass that on");
  if (!methods.includes(request.method)) {
    const headers = { Allow: methods.join(", ") };
    return problem(405, "MethodNotAllowed", "This Worker does not pass that method on", headers);
  }
  const { url } = await session.endpoint(proxied);
  const base = url.replace(/\/+$/, "");
  const length = Number(request.headers.get("Content-Length") ?? Number.POSITIVE_INFINITY);
  const body = request.body && (length > small ? request.body : await request.arrayBuffer());
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  try {
    const answer = await session.fetch(`${base}${path}${search}`, {
      method: request.method,
      headers: only(sent, request.headers),
      signal: late.signal,
      ...(body && { body, duplex: "half" }),
    });
    // Not for the caller, whose own token is fine: the service refused this Worker's.
    if (answer.status === 401) {
      await answer.body?.cancel();
      return problem(502, "Unauthorized", "The service does not accept this Worker's token");
    }
    const headers = only(returned, answer.headers);
    const location = answer.headers.get("Location");
    if (location?.startsWith(`${base}/`)) {
      headers.set("Location", `/${proxied}${location.slice(base.length)}`);
    }
    return new Response(answer.body, { status: answer.status, headers });
  } catch (error) {
    if (late.signal.aborted) return problem(504, "Timeout", "The service does not answer in time");
    if (!(body instanceof ReadableStream) || session.state.status !== "expired") throw error;
    // A stream can be sent only once, and that attempt showed that the token has expired.
    await session.token();
    return problem(503, "Renewed", "Send that again", { "Retry-After": "1" });
  } finally {
    clearTimeout(timer);
  }
}

function only(names: readonly string[], headers: Headers): Headers {
  const kept = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
