import { unlessAborted } from "../unless-aborted.ts";

/** Does one thing at a time: an abort ends the caller's wait, and cancels what has not begun. */
export type Queue = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return async (work, signal) => {
    signal?.throwIfAborted();
    const result = last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    last = result.catch(() => undefined);
    return unlessAborted(result, signal);
  };
}
