import { copyOf, KeystoneError } from "./errors.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Work that concurrent callers share. */
export interface SingleFlight<T> {
  /** Waits for the work in progress, or starts it. An abort ends only this caller's wait. */
  readonly join: (signal?: AbortSignal) => Promise<T>;
  /** Later callers start a new one. */
  readonly close: () => void;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly abandon: AbortController;
  waiting: number;
}

/** @param work aborted once nobody waits for it: work that hangs must not block later callers */
export function createSingleFlight<T>(work: (signal: AbortSignal) => Promise<T>): SingleFlight<T> {
  let current: Flight<T> | undefined;

  function begin(): Flight<T> {
    const abandon = new AbortController();
    const flight = { result: work(abandon.signal), abandon, waiting: 0 };
    const end = () => {
      if (current === flight) current = undefined;
    };
    flight.result.then(end, end);
    return flight;
  }

  return {
    join: async (signal) => {
      signal?.throwIfAborted();
      const isFirst = current === undefined;
      current ??= begin();
      const flight = current;
      flight.waiting++;
      const leave = () => {
        flight.waiting--;
        if (flight.waiting > 0) return;
        if (current === flight) current = undefined;
        flight.abandon.abort(signal?.reason);
      };
      try {
        return await unlessAborted(flight.result, signal, leave);
      } catch (error) {
        // No two callers get the same error object; the reason of an abort is the caller's own.
        const isShared = error instanceof KeystoneError && !isFirst && error !== signal?.reason;
        throw isShared ? copyOf(error) : error;
      }
    },
    close: () => {
      current = undefined;
    },
  };
}
