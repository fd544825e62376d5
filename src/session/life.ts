import type { Token } from "../token.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { Shelf } from "./shelf.ts";
import { type Grant, type Held, spentAt } from "./store.ts";
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
 * @param margin seconds before its end at which a token counts as spent
 */
export function createLife(
  renew: (signal: AbortSignal) => Promise<Grant>,
  shelf: Shelf,
  margin: number,
  now: () => number,
): Life {
  let state: State = Object.freeze({ status: "unauthenticated" });
  let deadline = 0;
  /** Whether the token in hand is on the shelf too. */
  let shared = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let renewal: { token: Promise<Token>; waiting: number; giveUp: AbortController } | undefined;
  let unfollow: (() => unknown) | undefined;
  const listeners = new Set<() => void>();
  /** Tokens that are known to be dead, and may be on the shelf all the same. */
  const dead = new Set<string>();

  function bury(token: Token | undefined): void {
    if (dead.size > 99) dead.clear();
    if (token) dead.add(token.id);
  }

  function dispatch(event: Event, tell: (notify: () => void) => void = (notify) => notify()): void {
    const before = state;
    if (event.type === "spent" && event.reason === "rejected") bury(event.token);
    state = Object.freeze(transition(state, event));
    if (state === before) return;
    watch();
    tell(() => {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          // Neither the session's failure nor lost: nobody caught it.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
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
      // Timers stand still while the machine sleeps, so the clock is looked at each minute.
      timer = setTimeout(() => live() && watch(), Math.min(deadline - now(), 60_000));
    }
  }

  function take(held: Held): Token {
    deadline = spentAt(held, margin);
    // Who comes from now on, as while the store is written, looks at the state.
    renewal = undefined;
    dispatch({ type: "authenticated", token: held.token });
    return held.token;
  }

  /** Takes up what is on the shelf; only who is alone there may remove what is of no use. */
  async function restore(alone = false): Promise<Token | undefined> {
    const { value, held } = (await shelf.read()) ?? {};
    const token = live();
    if (token && token.id === held?.token.id) return token;
    if (held && !dead.has(held.token.id) && now() < spentAt(held, margin)) {
      shared = true;
      return take(held);
    }
    if (value && alone) await shelf.clear();
    return undefined;
  }

  async function restoreOrClear(): Promise<Token | undefined> {
    return (await restore()) ?? shelf.alone(() => restore(true));
  }

  async function enter(login: () => Promise<Grant>, keep: boolean): Promise<Token> {
    const held = { ...(await login()), receivedAt: now() };
    take(held);
    shared = keep && (await shelf.save(held, deadline - now()));
    return held.token;
  }

  /** Of all who share a store one renews, and the others find what it stored. */
  async function renewed(signal: AbortSignal): Promise<Token> {
    const login = () => renew(signal);
    return (
      live() ??
      (await restore()) ??
      shelf.alone(async () => (await restore()) ?? enter(login, true))
    );
  }

  /** Somebody else who shares the store renewed the token, or revoked it. */
  async function follow(): Promise<void> {
    const found = await shelf.read();
    if (found?.value) await restore();
    else if (found && shared && live()) dispatch({ type: "revoked" });
  }

  async function inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const result = last.then(work);
    last = result.catch(() => undefined);
    return unlessAborted(result, signal);
  }

  function startRenewal(): NonNullable<typeof renewal> {
    const giveUp = new AbortController();
    const token = inTurn(() => renewed(giveUp.signal), giveUp.signal);
    const started = { token, waiting: 0, giveUp };
    const end = () => over(started);
    token.then(end, end);
    return started;
  }

  /** Nobody can join it any more. */
  function over(ended: typeof renewal): void {
    if (renewal === ended) renewal = undefined;
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
      unfollow ??= shelf.watch(() => void inTurn(follow));
      watch();
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) unfollow = void unfollow?.();
        watch();
      };
    },
    dispatch,
    token: async (signal) => {
      signal?.throwIfAborted();
      const token = live();
      if (token) return token;
      renewal ??= startRenewal();
      const mine = renewal;
      mine.waiting++;
      return unlessAborted(mine.token, signal, () => {
        // Nobody wants it any more: a login that hangs must not keep the next one waiting.
        if (--mine.waiting > 0) return;
        over(mine);
        mine.giveUp.abort(signal?.reason);
      });
    },
    enter,
    restore: restoreOrClear,
    forget: async () => {
      const { token = (await shelf.read())?.held?.token } = state as { token?: Token };
      dispatch({ type: "revoked" });
      bury(token);
      await shelf.clear();
      return token;
    },
    inTurn,
  };
}
