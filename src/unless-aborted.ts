/** Waits for what others may wait for too: the caller's abort ends only the caller's wait. */
export function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return result;
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
