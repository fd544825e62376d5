import type { TokenStore } from "../session/store.ts";
import { within } from "../session/within.ts";

/**
 * Keeps tokens in this program's memory, until their time is over: one store for all sessions of a
 * process, or of a Worker's isolate.
 *
 * @example
 * const store = memoryStore();
 * const session = createSession({ authUrl, auth, store });
 * const other = createSession({ authUrl, auth, store });
 * (await other.token()).id === (await session.token()).id; // one login
 */
export function memoryStore(): TokenStore {
  const entries = new Map<string, { readonly value: string; readonly end: number }>();
  const turns = new Map<string, Promise<unknown>>();
  const watchers = new Set<{ readonly key: string; readonly changed: () => void }>();
  let crowd = 100;

  /** Sessions that share a store can't be told apart: who made the change hears of it, too. */
  function tell(key: string): void {
    for (const watcher of watchers) {
      if (watcher.key !== key) continue;
      // Not within the other's write, which it could make fail.
      queueMicrotask(() => watchers.has(watcher) && watcher.changed());
    }
  }

  /** What nobody asks for again would stay for ever. Seldom: each time there are twice as many. */
  function sweep(now: number): void {
    if (entries.size < crowd) return;
    for (const [key, { end }] of entries) if (end <= now) entries.delete(key);
    crowd = Math.max(100, entries.size * 2);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry && entry.end > Date.now()) return entry.value;
      entries.delete(key);
      return null;
    },
    set(key, value, life) {
      const now = Date.now();
      sweep(now);
      entries.set(key, { value, end: now + life });
      tell(key);
    },
    delete(key) {
      if (entries.delete(key)) tell(key);
    },
    async lock(key, work) {
      const before = turns.get(key);
      const turn = before ? within(patience, () => before) : Promise.resolve();
      const result = turn.then(work);
      const done = result.catch(() => undefined);
      turns.set(key, done);
      done.then(() => turns.get(key) === done && turns.delete(key));
      return result;
    },
    watch(key, changed) {
      const watcher = { key, changed };
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}

/**
 * Milliseconds to wait for whose turn it is. A Worker's request that ends early takes its promises
 * with it: they never settle, and who waits for them would wait for ever.
 */
const patience = 5000;
