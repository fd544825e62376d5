import { createFlight } from "../flight.ts";
import type { Token } from "../token.ts";
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
  /** The token in hand, else one from the store, else a new one. */
  readonly token: (signal?: AbortSignal) => Promise<Token>;
  /** A new token in any case, by this login. */
  readonly enter: (login: Login, keep: boolean, signal?: AbortSignal) => Promise<Token>;
  readonly restore: () => Promise<boolean>;
  readonly dispatch: (event: Event) => void;
  /** Ends what is under way and forgets the token; gives back what there was. */
  readonly forget: (reason: unknown) => Promise<Token | undefined>;
}

export type Login = (signal: AbortSignal) => Promise<Grant>;

/**
 * @param renew how a token is got without the user
 * @param key where the store has it; empty where it may not be stored
 * @param margin seconds before its end at which a token counts as spent
 */
export function createLife(
  renew: Login,
  store: TokenStore | undefined,
  key: string,
  margin: number,
  now: () => number,
): Life {
  let state: State = Object.freeze({ status: "unauthenticated" });
  let deadline = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flight = createFlight<Token>();
  const listeners = new Set<() => void>();

  function dispatch(event: Event): void {
    const before = state;
    state = Object.freeze(transition(state, event));
    if (state === before) return;
    watch();
    for (const listener of [...listeners]) listener();
  }

  /** The token in hand, if its time is not over. */
  function live(): Token | undefined {
    const token = liveToken(state);
    if (token && now() >= deadline) dispatch({ type: "spent", token, reason: "time" });
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

  /** A store that fails is as good as none. */
  async function stored(use: (store: TokenStore) => unknown): Promise<unknown> {
    try {
      return key && store && (await use(store));
    } catch {
      return undefined;
    }
  }

  /** What the store has, if it is of use; anything else is removed. */
  async function find(): Promise<Held | undefined> {
    const value = await stored((store) => store.get(key));
    if (!value) return undefined;
    const held = deserialize(value, key);
    const spent = state.status === "expired" && state.token.id;
    if (held && now() < spentAt(held, margin) && held.token.id !== spent) return held;
    await stored((store) => store.delete(key));
    return undefined;
  }

  function take(held: Held): Token {
    deadline = spentAt(held, margin);
    dispatch({ type: "authenticated", token: held.token });
    return held.token;
  }

  async function enter(login: Login, keep: boolean, signal: AbortSignal): Promise<Token> {
    const held = { ...(await login(signal)), receivedAt: now() };
    signal.throwIfAborted();
    take(held);
    if (keep) await stored((store) => store.set(key, serialize(held, key)));
    return held.token;
  }

  return {
    state: () => {
      live();
      return state;
    },
    subscribe: (listener) => {
      // A function of its own, so that one listener given twice is two.
      const own = () => listener();
      listeners.add(own);
      watch();
      return () => {
        listeners.delete(own);
        watch();
      };
    },
    token: async (signal) =>
      live() ??
      flight.join(async (signal) => {
        const held = await find();
        return held ? take(held) : enter(renew, true, signal);
      }, signal),
    enter: async (login, keep, signal) => {
      // One login at a time, whoever asked first first.
      while (flight.current()) await flight.current()?.catch(() => undefined);
      return flight.join((signal) => enter(login, keep, signal), signal);
    },
    restore: async () => {
      const held = await find();
      if (held) take(held);
      return !!live();
    },
    dispatch,
    forget: async (reason) => {
      const { token } = state.status === "unauthenticated" ? ((await find()) ?? {}) : state;
      flight.abort(reason);
      dispatch({ type: "revoked" });
      await stored((store) => store.delete(key));
      return token;
    },
  };
}
