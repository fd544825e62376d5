import { attempt } from "../attempt.ts";
import { within } from "../within.ts";
import { deserialize, type HeldToken, serialize } from "./stored-token.ts";
import type { TokenStore } from "./token-store.ts";

/** What a store holds for one session. */
export interface StoredEntry {
  /** Whether there is anything, readable or not. */
  readonly exists: boolean;
  /** The token, if it could be read. */
  readonly held?: HeldToken | undefined;
}

/**
 * One session's place in a store. The store may fail or hang at any time, without failing a request.
 */
export interface Storage {
  /** What the store has; undefined if it could not say. */
  readonly read: () => Promise<StoredEntry | undefined>;
  /** Resolves to whether the token is there now. */
  readonly save: (held: HeldToken, life: number) => Promise<boolean>;
  readonly clear: () => Promise<void>;
  /** Runs `work` while nobody else who shares the store does. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Calls back when somebody else changed it; returns a function that stops this. */
  readonly watch: (changed: () => void) => () => void;
}

/** How long a store may take, in milliseconds, before the session goes on without it. */
const patience = { access: 2000, lock: 5000 };

/** @param key where the store has it; undefined where it may not be stored */
export function createStorage(
  given: TokenStore | undefined,
  key: string | undefined,
  now: () => number,
): Storage {
  if (!given || key === undefined) return noStorage;
  const store = given;
  /** A write that takes longer than our patience still ends before the next one begins. */
  let lastWrite: Promise<unknown> = Promise.resolve();

  async function write(work: () => unknown): Promise<boolean> {
    const done = lastWrite.then(work);
    lastWrite = done.catch(() => undefined);
    const outcome = await within(patience.access, async () => {
      await done;
      return { written: true };
    });
    return outcome !== undefined;
  }

  return {
    read: () =>
      within(patience.access, async () => {
        const value = await store.get(key);
        return { exists: Boolean(value), held: value ? deserialize(value, key, now()) : undefined };
      }),
    save: (held, life) => write(() => store.set(key, serialize(held, key), life)),
    clear: async () => {
      await write(() => store.delete(key));
    },
    alone: async (work) => {
      let begun: ReturnType<typeof work> | undefined;
      const begin = () => {
        begun ??= work();
        return begun;
      };
      // If the lock is refused, or not granted in time, the work is done without it.
      if (store.lock) await within(patience.lock, () => store.lock?.(key, begin));
      return begin();
    },
    watch: (changed) => {
      const stop = attempt(() => store.watch?.(key, changed));
      // One that is asynchronous by mistake may fail, too.
      Promise.resolve(stop).catch(() => undefined);
      return () => {
        if (typeof stop === "function") attempt(stop);
      };
    },
  };
}

/** For a session that has no store, or may not use it. */
const noStorage: Storage = /* @__PURE__ */ Object.freeze<Storage>({
  read: async () => undefined,
  save: async () => false,
  clear: async () => undefined,
  alone: (work) => work(),
  watch: () => () => undefined,
});
