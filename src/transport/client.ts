import ky, { type KyInstance, type Options } from "ky";
import { ResponseError, TransportError } from "../errors.ts";
import { asKeystoneError } from "./failure.ts";
import { place } from "./guarded-fetch.ts";

/** What ky takes from the session's options. */
export interface ClientOptions {
  readonly timeout?: Options["timeout"] | undefined;
  readonly retry?: Options["retry"] | undefined;
  /** What a request waits for before it is sent. */
  readonly ready?: (signal: AbortSignal) => Promise<unknown>;
  /** Whether a POST may be tried again: a login may. */
  readonly retryPost?: boolean;
}

/** A ky whose errors are ours and whose JSON is checked to be JSON. */
export function createClient(
  fetch: (request: Request) => Promise<Response>,
  { timeout = 10_000, retry, retryPost, ready }: ClientOptions = {},
  prefix = "",
): KyInstance {
  return ky.create({
    prefix,
    timeout,
    retry: {
      // ky knows a network failure by the runtime's words; ours has a class, and a cause. What ky made
      // has a request: the caller's abort reason has not, though its name may be one of ky's.
      shouldRetry: ({ error }) =>
        error instanceof TransportError ? !!error.cause : "request" in error && undefined,
      retryOnTimeout: true,
      maxRetryAfter: 30_000,
      ...(retryPost && { methods: ["get", "post", "delete"] }),
      ...(typeof retry === "number" ? { limit: retry } : retry),
    },
    // Only what ky made itself: an option meant for fetch alone can't undo what we set.
    fetch: (request) => fetch(request as Request),
    parseJson: (text, { request, response: { status, headers } }) => {
      try {
        return JSON.parse(text);
      } catch {
        throw new ResponseError(
          `${place(request)}: ${status} with ${text.length} characters of ${/json|html|xml|plain/.exec(headers.get("Content-Type") ?? "") ?? "no known type"}, expected JSON`,
          { status },
        );
      }
    },
    hooks: {
      beforeRequest: [
        async ({ request }) => {
          await ready?.(request.signal);
        },
      ],
      // ky tries again with a clone, and in Node a clone may be deaf: see guardedFetch().
      beforeRetry: [({ request, options: { signal = null } }) => new Request(request, { signal })],
      beforeError: [asKeystoneError],
    },
  });
}
