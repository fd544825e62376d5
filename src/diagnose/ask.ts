import { readFailure, type Unreachable } from "./failure.ts";

/** An answer, with its body read. */
export interface Answer {
  /** 0 if a page sees only that there is an answer: a redirect, or one that CORS hides. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Milliseconds since 1970 by the local clock: when it was asked, and when this came. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** The outcome of a request: an answer, or why there is none. */
type Outcome =
  | { readonly answer: Answer; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: Unreachable };

/**
 * Asks a server; rejects only with the reason of the caller's abort. `limit` is in milliseconds, and
 * can only shorten the wait.
 */
export type Ask = (url: string, init?: RequestInit, limit?: number) => Promise<Outcome>;

/** What `createAsk()` takes. */
export interface AskOptions {
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds for each request, with its body. */
  readonly timeout: number;
}

/** A fetch without ambient credentials that follows nothing, never hangs, and never throws. */
export function createAsk({ fetch, signal, timeout }: AskOptions): Ask {
  return async (url, init, limit = timeout) => {
    if (signal?.aborted) throw signal.reason;
    const controller = new AbortController();
    let stop = (): void => {};
    // A fetch or a body may ignore its signal: neither is waited for any longer than that.
    const ended = new Promise<Outcome>((resolve, reject) => {
      const timer = setTimeout(() => resolve({ failure: "timeout" }), Math.min(limit, timeout));
      const leave = (): void => reject(signal?.reason);
      signal?.addEventListener("abort", leave);
      stop = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", leave);
      };
    });
    const send = fetch ?? globalThis.fetch;
    const options: RequestInit = {
      redirect: "manual",
      ...init,
      credentials: "omit",
      signal: controller.signal,
    };
    try {
      return await Promise.race([exchange(send, url, options), ended]);
    } finally {
      stop();
      controller.abort();
    }
  };
}

async function exchange(
  send: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Outcome> {
  try {
    const sentAt = Date.now();
    const response = await send(url, init);
    const receivedAt = Date.now();
    const { status, headers } = response;
    return { answer: { status, headers, text: await response.text(), sentAt, receivedAt } };
  } catch (error) {
    return { failure: readFailure(error) };
  }
}
