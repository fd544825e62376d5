import type { TokenStore } from "../session/token-store.ts";

/**
 * A store's `lock` made of Web Locks, which all pages and workers of an origin share. There is none
 * where the runtime has no Web Locks (Workers, Node before 24, pages without https).
 *
 * @param area what the store shares with others of its kind
 * @param linger milliseconds for which the lock is still held after the result was returned
 */
export function webLock(area: string, linger = 0): Pick<TokenStore, "lock"> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return {};
  return {
    lock: (key, work) =>
      new Promise((resolve, reject) => {
        locks
          // WebKit refuses names of over 1024 characters. Keys with the same end share one lock.
          .request(`${area}/${key.slice(-900)}`, async () => {
            const result = work();
            resolve(result);
            await result.catch(() => undefined);
            await new Promise((go) => setTimeout(go, linger));
          })
          .catch(reject);
      }),
  };
}
