import { expect } from "../expect.ts";
import type { Token } from "../token.ts";
import { isLive, type SessionEvent, type SessionState, transition } from "./transition.ts";

/** A session's state, and who is notified of its changes. */
export interface CurrentState {
  /** The current state; reading it expires a token whose time has passed. */
  readonly get: () => SessionState;
  /** The token, if it may be used. */
  readonly live: () => Token | undefined;
  readonly apply: (event: SessionEvent) => void;
  /** Calls the listener after each change; returns a function that stops this. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Timers stop while the machine sleeps, so the clock is checked once a minute. */
const tick = 60_000;

export function createCurrentState(now: () => number): CurrentState {
  let state: SessionState = Object.freeze({ status: "unauthenticated" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function change(event: SessionEvent, notify: (work: () => void) => void): void {
    const before = state;
    state = Object.freeze(transition(before, event));
    if (state === before) return;
    schedule();
    notify(() => {
      for (const listener of [...listeners]) call(listener);
    });
  }

  const atOnce = (work: () => void) => work();

  function expireInTime(notify: (work: () => void) => void): void {
    if (!isLive(state) || now() < state.endsAt.getTime()) return;
    change({ type: "expired", token: state.token, reason: "time" }, notify);
  }

  /** The timer runs only while there is a subscriber, so that a script that is done can exit. */
  function schedule(): void {
    clearTimeout(timer);
    if (listeners.size === 0 || !isLive(state)) return;
    const check = () => {
      expireInTime(atOnce);
      schedule();
    };
    timer = setTimeout(check, Math.min(state.endsAt.getTime() - now(), tick));
  }

  return {
    get: () => {
      // Reading state during render must not notify synchronously.
      expireInTime(queueMicrotask);
      return state;
    },
    live: () => {
      expireInTime(atOnce);
      return isLive(state) ? state.token : undefined;
    },
    apply: (event) => change(event, atOnce),
    subscribe: (listener) => {
      expect(typeof listener === "function", "listener", "a function");
      // A new function each time, so that a listener that is passed twice counts as two.
      const own = () => listener();
      listeners.add(own);
      schedule();
      return () => {
        listeners.delete(own);
        schedule();
      };
    },
  };
}

/** A listener that throws does not fail the session, but its error is not lost either. */
function call(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
