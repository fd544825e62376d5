import type { TokenStore } from "../session/store.ts";

/**
 * A store's `lock` by Web Locks, shared by all pages and workers of an origin; nothing where there
 * are none (Workers, Node before 24, pages without https).
 *
 * @param area what the store shares with others of its kind
 * @param linger milliseconds for which the lock is held on after the work is done and its result is
 * given back
 */
export function webLock(area: string, linger = 0): Pick<TokenStore, "lock"> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return {};
  return {
    lock: (key, work) =>
      new Promise((resolve, reject) => {
        locks
          // WebKit takes no name above 1024 letters; keys of one end would only wait for each other.
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
