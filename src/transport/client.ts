import ky, {
  type BeforeRetryHook,
  HTTPError,
  type InitHook,
  type KyInstance,
  NetworkError,
  type RetryOptions,
  TimeoutError,
} from "ky";
import { ResponseError, TransportError } from "../errors.ts";
import type { ClientOptions } from "./client-options.ts";
import { asKeystoneError, waitOf } from "./failure.ts";
import { describeRequest, type OutgoingRequest, readRequest } from "./request.ts";

/** How a client of one purpose differs from others. */
export interface ClientSettings {
  /** The address that paths are relative to. */
  readonly prefix?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What a request waits for before it is sent, and before its timeout starts. */
  readonly ready?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
  /** Whether a POST may be retried: a login may. */
  readonly retryPost?: boolean | undefined;
  /** Whether a failure may be retried; a failed login has had all its retries. */
  readonly mayRetry?: ((error: Error) => boolean) | undefined;
}

/** Sends a request of ky's, for the given time. */
export type SendAttempt = (request: OutgoingRequest, attempt: number) => Promise<Response>;

/** Milliseconds for one try, and for a wait that a server asks for. */
const defaultTimeout = 10_000;

/** Those of ky, and Swift's rate limit. */
const retryStatusCodes = [408, 413, 429, 498, 500, 502, 503, 504];

/** How often one call was sent so far. */
interface CallCount {
  readonly calls: { sent: number };
}

/** A ky whose errors are ours and whose JSON is checked to be JSON. */
export function createClient(
  send: SendAttempt,
  { timeout = defaultTimeout, totalTimeout, retry }: ClientOptions = {},
  { prefix = "", headers, ready, retryPost, mayRetry }: ClientSettings = {},
): KyInstance {
  const own = typeof retry === "number" ? { limit: retry } : { ...retry };
  const patience = own.maxRetryAfter ?? defaultTimeout;
  /** What was sent for each failure, with the token that was added to ky's request. */
  const sent = new WeakMap<Response, OutgoingRequest>();
  /** Bodies that should have been JSON: a proxy's page, or a text. */
  const unparsed = new WeakMap<Response, string>();
  /** The forms that requests were made from, which can't be read again. */
  const forms = new WeakMap<Request, FormData>();
  /** Why callers aborted: their reasons pass untouched, whatever they look like. */
  const abortReasons = new WeakSet<object>();

  const retryRules: RetryOptions = {
    shouldRetry: ({ error, retryCount }) => {
      if (abortReasons.has(error) || error instanceof NetworkError) return false;
      if (mayRetry && !mayRetry(error)) return false;
      if (error instanceof HTTPError) {
        const wait = waitOf(error.response);
        return wait !== undefined && wait * 1000 > patience ? false : undefined;
      }
      // ky recognizes a network failure by the runtime's words; ours has a class.
      if (error instanceof TransportError) return error.reason !== "redirect";
      // A server that hung twice will hang again.
      return error instanceof TimeoutError && retryCount === 1 ? undefined : false;
    },
    retryOnTimeout: true,
    statusCodes: retryStatusCodes,
    afterStatusCodes: [413, 429, 498, 503],
    ...(retryPost && { methods: ["get", "post", "delete"] }),
    ...own,
  };

  /** ky tries again with a clone, and in Node a clone may be deaf to its signal. */
  const freshRequest: BeforeRetryHook = ({ request, options: { signal = null, body } }) => {
    const fresh = new Request(request, { signal });
    if (body instanceof FormData) forms.set(fresh, body);
    return fresh;
  };

  /** Completes the options of one call, in which a number stands for all rules of `retry`. */
  const complete: InitHook = (options) => {
    const { retry: given, timeout: perTry = timeout, hooks } = options;
    const beforeRetry = hooks?.beforeRetry ?? [];
    options.totalTimeout ??= deadlineOf(perTry, patience);
    if (typeof given === "number") options.retry = { ...retryRules, limit: given };
    // Ours comes last: behind one that returns a request, ky calls no other.
    if (beforeRetry.at(-1) !== freshRequest) {
      const others = beforeRetry.filter((hook) => hook !== freshRequest);
      options.hooks = { ...hooks, beforeRetry: [...others, freshRequest] };
    }
    // An option that ky does not know reaches `fetch`, as the same object at each try.
    Object.assign(options, { calls: { sent: 0 } } satisfies CallCount);
  };

  return ky.create({
    prefix,
    timeout,
    ...(totalTimeout !== undefined && { totalTimeout }),
    ...(headers && { headers }),
    retry: retryRules,
    // Only the request that ky made: an option that is meant for fetch can't undo what we set.
    fetch: async (input, init) => {
      const request = input as Request;
      const { calls } = init as unknown as CallCount;
      try {
        const outgoing = await readRequest(request, undefined, forms.get(request));
        const response = await send(outgoing, ++calls.sent);
        if (!response.ok) sent.set(response, outgoing);
        return response;
      } catch (error) {
        const { aborted, reason } = request.signal;
        if (aborted && reason === error && reason instanceof Error) abortReasons.add(reason);
        throw error;
      }
    },
    parseJson: (text, { request, response }) => {
      const { status, headers } = response;
      try {
        return JSON.parse(text);
      } catch {
        unparsed.set(response, text);
        throw new ResponseError(
          `${describeRequest(request)}: ${status} with ${text.length} characters of ${kindOf(headers)}, expected JSON`,
          { status },
        );
      }
    },
    hooks: {
      init: [complete],
      beforeRetry: [freshRequest],
      beforeRequest: [
        async ({ request, options: { body } }) => {
          if (body instanceof FormData) forms.set(request, body);
          await ready?.(request.signal);
        },
      ],
      beforeError: [
        ({ error, options }) => {
          const { body, signal } = options as { body?: unknown; signal?: AbortSignal };
          if (abortReasons.has(error) || (signal?.aborted && signal.reason === error)) return error;
          if (!(error instanceof HTTPError)) return asKeystoneError(error, undefined, body);
          error.data ??= unparsed.get(error.response);
          const outgoing = sent.get(error.response);
          return asKeystoneError(error, outgoing?.headers, outgoing?.body ?? body);
        },
      ],
    },
  });
}

/** A call has the time of two tries, and as long as a server may make it wait. */
function deadlineOf(timeout: number | false, patience: number): number | false {
  return timeout === false ? false : Math.min(2 * timeout + patience, 2 ** 31 - 1);
}

/** The kind of a body, as far as its type says it. */
function kindOf(headers: Headers): string {
  const type = headers.get("Content-Type") ?? "";
  return /json|html|xml|plain/.exec(type)?.[0] ?? "no known type";
}
