import { expect } from "../expect.ts";
import type { TokenStore } from "../session/store.ts";
import { channel } from "./channel.ts";
import { digest } from "./digest.ts";
import { webLock } from "./web-lock.ts";

/** What is needed of a `Cache`. */
export interface WebCache {
  match(url: string): Promise<{ text(): Promise<string> } | undefined>;
  put(url: string, response: Response): Promise<unknown>;
  delete(url: string): Promise<unknown>;
}

/** What is needed of a `CacheStorage`. */
export interface WebCaches {
  open(name: string): Promise<WebCache>;
}

/** Options of `cacheStore`. */
export interface CacheStoreOptions {
  /** The cache to open. Default: "keystone-fetch". */
  readonly name?: string;
}

/**
 * Keeps tokens in the Cache API: in browsers (its workers too, where there is no storage), in Deno,
 * and in Cloudflare Workers, where a cache belongs to one data center and forgets by itself.
 *
 * @param caches `caches`, or one cache of it (`caches.default` in Workers)
 * @throws {OptionsError} without one: a page has `caches` over https only.
 * @example
 * const session = createSession({ authUrl, auth, store: cacheStore(caches) });
 */
export function cacheStore(
  caches: WebCaches | WebCache,
  { name = "keystone-fetch" }: CacheStoreOptions = {},
): TokenStore {
  expect(Object(caches) === caches, "caches", "caches, or a Cache");
  const area = `cache/${name}`;
  const { tell, watch } = channel(area);
  // Each time anew: a site may delete its caches while it runs.
  const cache = async () => ("open" in caches ? caches.open(name) : caches);
  return {
    get: async (key) => (await (await cache()).match(await urlOf(key)))?.text(),
    async set(key, value, life) {
      // Workers hold to it; browsers and Deno don't look at it.
      const headers = { "cache-control": `max-age=${Math.max(1, Math.ceil(life / 1000))}` };
      await (await cache()).put(await urlOf(key), new Response(value, { headers }));
      tell(key);
    },
    async delete(key) {
      await (await cache()).delete(await urlOf(key));
      tell(key);
    },
    ...webLock(area),
    ...(watch && { watch }),
  };
}

/** Caches take http(s) addresses only; nobody can have one under .invalid (RFC 6761). */
const urlOf = async (key: string) => `https://keystone-fetch.invalid/${await digest(key)}`;
