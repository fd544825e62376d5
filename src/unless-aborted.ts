/**
 * Waits for a result that others may wait for, too: an abort ends only this caller's wait, and calls
 * `onLeave`.
 */
export function unlessAborted<T>(
  result: Promise<T>,
  signal: AbortSignal | null | undefined,
  onLeave?: () => void,
): Promise<T> {
  if (!signal) return result;
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      onLeave?.();
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
