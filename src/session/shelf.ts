import { deserialize, type Held, serialize, type TokenStore } from "./store.ts";
import { within } from "./within.ts";

/** One session's place in a store, which may fail or hang at any time: no request is lost by that. */
export interface Shelf {
  /** What is there: undefined where nothing could be read, and no `held` where it is of no use. */
  readonly read: () => Promise<{ value: unknown; held?: Held | undefined } | undefined>;
  /** Whether it is there now. */
  readonly save: (held: Held, life: number) => Promise<boolean>;
  readonly clear: () => Promise<unknown>;
  /** Runs `work` while nobody who shares the store runs theirs. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Gives back how to stop. */
  readonly watch: (changed: () => void) => () => unknown;
}

/** @param key where the store has it; empty where it may not be stored */
export function createShelf(given: TokenStore | undefined, key: string): Shelf {
  const store = key ? given : undefined;
  return {
    read: () =>
      within(2000, async () => {
        const value = await store?.get(key);
        return { value, held: value ? deserialize(value, key) : undefined };
      }),
    save: async (held, life) =>
      !!(await within(
        2000,
        async () => store && [await store.set(key, serialize(held, key), life)],
      )),
    clear: () => within(2000, () => store?.delete(key)),
    alone: async (work) => {
      let begun: ReturnType<typeof work> | undefined;
      const begin = () => {
        begun ??= work();
        return begun;
      };
      // A lock that is refused, or not granted in time, keeps nobody from working.
      if (store?.lock) await within(5000, () => store.lock?.(key, begin));
      return begin();
    },
    watch: (changed) => {
      const stop = attempt(() => store?.watch?.(key, changed));
      return () => attempt(() => stop?.());
    },
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
