/** Work that is done once at a time, however many ask for it. */
export interface Flight<T> {
  /** Joins what is under way, or starts it; the caller's abort ends only the caller's wait. */
  readonly join: (run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** What is under way, if anything is. */
  readonly current: () => Promise<T> | undefined;
  /** Ends what is under way, for everybody. */
  readonly abort: (reason: unknown) => void;
}

export function createFlight<T>(): Flight<T> {
  let controller = new AbortController();
  let current: Promise<T> | undefined;
  let waiting = 0;

  function abort(reason: unknown): void {
    current = undefined;
    controller.abort(reason);
  }

  return {
    abort,
    current: () => current,
    join: async (run, signal) => {
      signal?.throwIfAborted();
      if (!current) {
        const mine = new AbortController();
        controller = mine;
        waiting = 0;
        current = run(mine.signal).finally(() => {
          if (controller === mine) current = undefined;
        });
      }
      const result = current;
      const { signal: ended } = controller;
      waiting++;
      return new Promise((resolve, reject) => {
        const leave = () => {
          reject(signal?.reason);
          // Nobody wants it any more.
          if (--waiting === 0 && current === result) abort(signal?.reason);
        };
        signal?.addEventListener("abort", leave);
        ended.addEventListener("abort", () => reject(ended.reason));
        result.finally(() => signal?.removeEventListener("abort", leave)).then(resolve, reject);
      });
    },
  };
}
