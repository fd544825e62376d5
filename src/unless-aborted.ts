/**
 * Waits for what others may wait for too: the caller's abort ends only the caller's wait, and `left`
 * hears of it.
 */
export function unlessAborted<T>(
  result: Promise<T>,
  signal: AbortSignal | undefined,
  left?: () => void,
): Promise<T> {
  if (!signal) return result;
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      left?.();
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
