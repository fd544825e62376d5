import { expect } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";
import { channel } from "./channel.ts";
import { webLock } from "./web-lock.ts";

/** What is needed of `sessionStorage` and `localStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps tokens in a page's storage: `sessionStorage` for one tab and its reloads, `localStorage` for
 * all tabs, until the token expires. Every script of the page can read both: see `encrypted`.
 *
 * Tabs that share a storage log in once where there are Web Locks (over https), and learn when
 * another tab renews or revokes the token.
 *
 * @throws {OptionsError} when there is no storage.
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
      // Both are needed. Only the channel reaches the page that made the change. Only the event comes
      // when this page's copy of the storage is certain to be the new one.
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
 * Milliseconds until other pages see what was written. In a browser, each process has a copy of the
 * storage, and a lock reaches the next process before a change does: without this pause, one in four
 * pages that had waited for the lock read the old value (Chromium 156).
 */
const propagation = 50;

/**
 * Each tab has its own session storage, marked by a name of its own: tabs need not wait for one
 * another.
 */
function areaOf(storage: WebStorage): string {
  try {
    if (storage !== globalThis.sessionStorage) return "local";
    const name = "keystone-fetch:tab";
    const mark = storage.getItem(name) ?? String(Math.random());
    storage.setItem(name, mark);
    return `session/${mark}`;
  } catch {
    return "local"; // the storage is blocked, or full
  }
}
