import type { TokenStore } from "../session/token-store.ts";
import { within } from "../within.ts";

/**
 * Keeps tokens in this program's memory until they expire: one store for all sessions of a process,
 * or of a Worker's isolate.
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
  let sweepAt = 100;

  /** Sessions that share a store can't be told apart: the one that made the change is notified, too. */
  function tell(key: string): void {
    for (const watcher of watchers) {
      if (watcher.key !== key) continue;
      // Not during the write, which a watcher that throws would make fail.
      queueMicrotask(() => {
        if (watchers.has(watcher)) watcher.changed();
      });
    }
  }

  /** Deletes expired entries that nobody read again, whenever the number of entries has doubled. */
  function sweep(now: number): void {
    if (entries.size < sweepAt) return;
    for (const [key, { end }] of entries) {
      if (end <= now) entries.delete(key);
    }
    sweepAt = Math.max(100, entries.size * 2);
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
      const done = result.then(ignore, ignore);
      turns.set(key, done);
      done.then(() => {
        if (turns.get(key) === done) turns.delete(key);
      });
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
 * Milliseconds that a turn is waited for. If a request of a Worker ends early, its promises never
 * settle, and whoever waits for one would wait forever.
 */
const patience = 5000;

function ignore(): void {}
