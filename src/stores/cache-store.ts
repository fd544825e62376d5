import { expect, expectNames, expectText } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";
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
 * Keeps tokens in the Cache API: in browsers (also in their workers, which have no storage), in Deno,
 * and in Cloudflare Workers, where a cache belongs to one data center and may drop a token early.
 *
 * @param caches the global `caches`, or one of its caches (`caches.default` in Workers)
 * @throws {OptionsError} when it is missing: a page has `caches` over https only.
 * @example
 * const session = createSession({ authUrl, auth, store: cacheStore(caches) });
 */
export function cacheStore(caches: WebCaches | WebCache, options?: CacheStoreOptions): TokenStore {
  expectNames(options ?? {}, ["name"]);
  const { name = "keystone-fetch" } = options ?? {};
  const { open, put } = (caches ?? {}) as Partial<WebCaches & WebCache>;
  const isCache = typeof open === "function" || typeof put === "function";
  expect(isCache, "caches", "caches, or a Cache");
  expectText(name, "name");
  const area = `cache/${name}`;
  const { tell, watch } = channel(area);
  // Opened for each call, since a site may delete its caches at any time.
  const cache = async () => ("open" in caches ? caches.open(name) : caches);
  return {
    get: async (key) => (await (await cache()).match(await urlOf(key)))?.text(),
    async set(key, value, life) {
      // Workers delete the value after this time; browsers and Deno ignore the header.
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

/** A cache takes http and https URLs only; no server can have one under .invalid (RFC 6761). */
const urlOf = async (key: string) => `https://keystone-fetch.invalid/${await digest(key)}`;
