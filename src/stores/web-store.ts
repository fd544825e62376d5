import { expect } from "../expect.ts";
import type { TokenStore } from "../session/store.ts";
import { channel } from "./channel.ts";
import { webLock } from "./web-lock.ts";

/** What is needed of `sessionStorage` and `localStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps tokens in a page's storage: `sessionStorage` for one tab over its reloads, `localStorage`
 * for all tabs and until the token's end. Every script of the page can read both: see `encrypted`.
 *
 * Tabs that share a storage log in once where there are Web Locks (over https), and hear of a
 * renewal or a sign-out in another.
 *
 * @throws {OptionsError} without a storage.
 * @example
 * const session = createSession({ authUrl, auth, store: webStore(sessionStorage) });
 * await session.restore(); // true after a reload
 */
export function webStore(storage: WebStorage): TokenStore {
  expect(typeof storage?.getItem === "function", "storage", "sessionStorage or localStorage");
  const area = areaOf(storage);
  const { tell, watch } = channel(area);
  return {
    get: (key) => storage.getItem(key),
    set(key, value) {
      storage.setItem(key, value);
      tell(key);
    },
    delete(key) {
      storage.removeItem(key);
      tell(key);
    },
    ...webLock(area, propagation),
    watch(key, changed) {
      // The channel reaches the writer's own page as well; the event is late enough: a page may be
      // told by the channel while its own copy of the storage is still the old one.
      const heard = (event: StorageEvent) => {
        const cleared = event.key === null;
        if (event.storageArea === storage && (cleared || event.key === key)) changed();
      };
      globalThis.addEventListener?.("storage", heard);
      const stop = watch?.(key, changed);
      return () => {
        globalThis.removeEventListener?.("storage", heard);
        stop?.();
      };
    },
  };
}

/**
 * Milliseconds until other pages see what was written. A browser gives each process a copy of the
 * storage, and hands on a lock before a change: without a pause, every fourth page that had waited
 * for the lock read the old value (Chromium 156).
 */
const propagation = 50;

/** Tabs have a session storage each, and need not wait for one another: it has a mark of its own. */
function areaOf(storage: WebStorage): string {
  try {
    if (storage !== globalThis.sessionStorage) return "local";
    const name = "keystone-fetch:tab";
    const mark = storage.getItem(name) ?? String(Math.random());
    storage.setItem(name, mark);
    return `session/${mark}`;
  } catch {
    return "local"; // a storage that is blocked, or full
  }
}
