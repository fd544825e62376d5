import type { Token } from "../token.ts";
import { unlessAborted } from "../unless-aborted.ts";
import {
  deserialize,
  type Grant,
  type Held,
  serialize,
  spentAt,
  type TokenStore,
} from "./store.ts";
import { type Event, liveToken, type State, transition } from "./transition.ts";

/** The life of a session's token: it is found, kept, watched and renewed here. */
export interface Life {
  readonly state: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (event: Event) => void;
  /** The token in hand, else one from the store, else a new one. */
  readonly token: (signal?: AbortSignal) => Promise<Token>;
  /** A new token in any case, by this login. */
  readonly enter: (login: () => Promise<Grant>, keep: boolean) => Promise<Token>;
  /** Takes up a stored token. */
  readonly restore: () => Promise<Token | undefined>;
  /** Forgets the token; gives back what there was. */
  readonly forget: () => Promise<Token | undefined>;
  /** Does one thing after the other: there is never more than one login under way. */
  readonly inTurn: <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

/**
 * @param renew how a token is got without the user
 * @param key where the store has it; empty where it may not be stored
 * @param margin seconds before its end at which a token counts as spent
 */
export function createLife(
  renew: () => Promise<Grant>,
  store: TokenStore | undefined,
  key: string,
  margin: number,
  now: () => number,
): Life {
  let state: State = Object.freeze({ status: "unauthenticated" });
  let deadline = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let renewal: Promise<Token> | undefined;
  let unfollow: (() => void) | undefined;
  const listeners = new Set<() => void>();

  function dispatch(event: Event, tell: (notify: () => void) => void = (notify) => notify()): void {
    const before = state;
    state = Object.freeze(transition(state, event));
    if (state === before) return;
    watch();
    tell(() => {
      for (const listener of [...listeners]) listener();
    });
  }

  /** The token in hand, if its time is not over. */
  function live(tell?: typeof queueMicrotask): Token | undefined {
    const token = liveToken(state);
    if (token && now() >= deadline) dispatch({ type: "spent", token, reason: "time" }, tell);
    return liveToken(state);
  }

  /** A timer runs only while somebody wants to know, so that a script that is done can end. */
  function watch(): void {
    clearTimeout(timer);
    if (listeners.size > 0 && liveToken(state)) {
      // setTimeout takes no more; what is further off is looked at again then.
      timer = setTimeout(() => live() && watch(), Math.min(deadline - now(), 2 ** 31 - 1));
    }
  }

  /** A store that fails, or hangs, is as good as none. */
  async function stored(use: "get" | "set" | "delete", value = "", life = 0): Promise<unknown> {
    let patience: ReturnType<typeof setTimeout> | undefined;
    const hung = new Promise((resolve) => {
      patience = setTimeout(resolve, 2000);
    });
    try {
      return key && store && (await Promise.race([store[use](key, value, life), hung]));
    } catch {
      return undefined;
    } finally {
      clearTimeout(patience);
    }
  }

  function take(held: Held): Token {
    deadline = spentAt(held, margin);
    dispatch({ type: "authenticated", token: held.token });
    return held.token;
  }

  async function restore(): Promise<Token | undefined> {
    const value = await stored("get");
    const held = value ? deserialize(value, key) : undefined;
    const known = state.status !== "unauthenticated" && state.token.id === held?.token.id;
    if (known && live()) return live();
    if (held && !known && now() < spentAt(held, margin)) return take(held);
    if (value) await stored("delete");
    return undefined;
  }

  async function enter(login: () => Promise<Grant>, keep: boolean): Promise<Token> {
    const held = { ...(await login()), receivedAt: now() };
    take(held);
    if (keep) await stored("set", serialize(held, key), deadline - now());
    return held.token;
  }

  /** Of all who share a store one renews, and the others find what it stored. */
  async function renewed(): Promise<Token> {
    const found = live() ?? (await restore());
    if (found) return found;
    if (!key || !store?.lock) return enter(renew, true);
    return store.lock(key, async () => (await restore()) ?? enter(renew, true));
  }

  /** Somebody else who shares the store renewed the token, or revoked it. */
  async function follow(): Promise<void> {
    if (!(await restore()) && live()) dispatch({ type: "revoked" });
  }

  async function inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const result = last.then(work);
    last = result.catch(() => undefined);
    return unlessAborted(result, signal);
  }

  return {
    state: () => {
      // Who looks may be drawing a page: the others hear of it right after.
      live(queueMicrotask);
      return state;
    },
    subscribe: (listener) => {
      // A function of its own, so that one listener given twice is two.
      const own = () => listener();
      listeners.add(own);
      if (key) unfollow ??= store?.watch?.(key, () => void inTurn(follow));
      watch();
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) unfollow = unfollow?.() as undefined;
        watch();
      };
    },
    dispatch,
    token: async (signal) => {
      signal?.throwIfAborted();
      renewal ??= live()
        ? undefined
        : inTurn(renewed).finally(() => {
            renewal = undefined;
          });
      return live() ?? unlessAborted(renewal as Promise<Token>, signal);
    },
    enter,
    restore,
    forget: async () => {
      if (state.status === "unauthenticated") await restore();
      const { token } = state as { token?: Token };
      dispatch({ type: "revoked" });
      await stored("delete");
      return token;
    },
    inTurn,
  };
}
