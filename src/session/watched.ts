/** Adds a listener; returns a function that removes it. */
export type Subscribe = (listener: () => void) => () => void;

/**
 * A `subscribe` during which something is watched: from the first listener until the last has gone.
 *
 * @param watch starts watching; returns a function that stops it
 */
export function watchedWhile(subscribe: Subscribe, watch: () => () => void): Subscribe {
  let listeners = 0;
  let stop: (() => void) | undefined;
  return (listener) => {
    const unsubscribe = subscribe(listener);
    listeners++;
    stop ??= watch();
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      unsubscribe();
      listeners--;
      if (listeners > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}
