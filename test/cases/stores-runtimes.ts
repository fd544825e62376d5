/**
 * What Workers KV, Deno KV and the caches require of a store. The real ones if the runtime has them;
 * otherwise stand-ins that refuse what the real ones refuse, in the same words.
 */
import { assert } from "chai";
import {
  cacheStore,
  type DenoKv,
  type DenoKvAtomic,
  type DenoKvKey,
  denoKvStore,
  type KvNamespace,
  kvStore,
  type WebCache,
} from "keystone-fetch/stores";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";

interface Entry<V> {
  readonly value: V;
  /** In milliseconds of `clock`. */
  readonly end: number;
}

const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Workers KV in memory; `life` is what each key was last given, in seconds. */
export function standInKv(clock = () => Date.now()) {
  const entries = new Map<string, Entry<string>>();
  const lives = new Map<string, number>();
  const checked = (method: string, key: string) => {
    const length = byteLength(key);
    if (length <= 512) return key;
    throw new Error(
      `KV ${method} failed: 414 UTF-8 encoded length of ${length} exceeds key length limit of 512.`,
    );
  };
  const namespace: KvNamespace = {
    async get(key) {
      const entry = entries.get(checked("GET", key));
      return entry && entry.end > clock() ? entry.value : null;
    },
    async put(key, value, { expirationTtl: life }) {
      if (!Number.isInteger(life)) throw new Error("KV PUT failed: 400 Invalid expiration_ttl");
      if (life < 60) {
        throw new Error(
          `KV PUT failed: 400 Invalid expiration_ttl of ${life}. Expiration TTL must be at least 60.`,
        );
      }
      entries.set(checked("PUT", key), { value, end: clock() + life * 1000 });
      lives.set(key, life);
    },
    delete: async (key) => entries.delete(checked("DELETE", key)),
  };
  return { namespace, entries, lives };
}

/** A KV namespace that workerd is configured with, under the name TOKENS; else the stand-in. */
export async function kvNamespace(): Promise<KvNamespace> {
  const name = "cloudflare:workers"; // in a variable, since the bundler would resolve it
  const { env } = await import(name).catch(() => ({}));
  return env?.TOKENS ?? standInKv().namespace;
}

/** Deno KV in memory: what it checks, in its words. */
export function standInDenoKv() {
  const entries = new Map<string, unknown>();
  /** How many parts were written or removed by each operation. */
  const operations: number[] = [];
  const nameOf = (key: DenoKvKey) => {
    if (byteLength(JSON.stringify(key)) > 2048) {
      throw new TypeError("Key too large for write (max 2048 bytes)");
    }
    return JSON.stringify(key).replace(/\b\d\]$/, "0$&"); // so that parts sort as numbers
  };
  const atomic = (changes: [DenoKvKey, Uint8Array?][] = []): DenoKvAtomic => ({
    set(key, value, { expireIn }) {
      if (!Number.isInteger(expireIn) || expireIn < 0) {
        throw new TypeError(`expireIn must be a non-negative integer: received ${expireIn}`);
      }
      if ((value as Uint8Array).length > 65_536) {
        throw new TypeError("Value too large (max 65536 bytes)");
      }
      return atomic([...changes, [key, value as Uint8Array]]);
    },
    delete: (key) => atomic([...changes, [key]]),
    async commit() {
      const size = changes.reduce((sum, [, value]) => sum + (value?.length ?? 0), 0);
      if (size > 819_200) {
        throw new TypeError("Total mutation size too large (max 819200 bytes)");
      }
      for (const [key, value] of changes) {
        if (value) entries.set(nameOf(key), value);
        else entries.delete(nameOf(key));
      }
      operations.push(changes.length);
      return { ok: true };
    },
  });
  const kv: DenoKv = {
    async *list({ prefix }) {
      const start = JSON.stringify(prefix).slice(0, -1);
      const found = [...entries].filter(([key]) => key.startsWith(`${start},`)).sort();
      for (const [, value] of found) yield { value };
    },
    atomic,
  };
  return { kv, entries, operations };
}

/** A database in memory: Deno's own, where it was started with --unstable-kv. */
export async function denoKv(): Promise<DenoKv & { close?(): void }> {
  const { Deno } = globalThis as { Deno?: { openKv?(path: string): Promise<DenoKv> } };
  return (await Deno?.openKv?.(":memory:")) ?? standInDenoKv().kv;
}

/** The cache of a Cloudflare data center, in memory: it forgets, and requires to be told when. */
export function standInCache(clock = () => Date.now()) {
  const entries = new Map<string, Entry<Response>>();
  const cache: WebCache = {
    async match(url) {
      const entry = entries.get(url);
      return entry && entry.end > clock() ? entry.value.clone() : undefined;
    },
    async put(url, response) {
      if (!/^https?:/.test(url)) throw new TypeError("Invalid URL");
      const [, life = 0] =
        /^max-age=(\d+)$/.exec(response.headers.get("cache-control") ?? "") ?? [];
      entries.set(url, { value: response, end: clock() + Number(life) * 1000 });
    },
    delete: async (url) => entries.delete(url),
  };
  return { cache, entries };
}

/** `caches.default` where workerd was configured with a cache; else the stand-in. */
export async function workersCache(): Promise<WebCache> {
  const { caches } = globalThis as { caches?: { default?: WebCache } };
  const real = caches?.default;
  const works = await real?.match("https://keystone-fetch.invalid/").then(
    () => true,
    () => false,
  );
  return real && works ? real : standInCache().cache;
}

/** A key as sessions use it, longer than KV accepts. */
export const longKey = `keystone-fetch:${JSON.stringify([
  "https://keystone.example.org:5000/identity/v3",
  [{ name: "password", identity: { user: { name: "ü".repeat(900), domain: { id: "default" } } } }],
  { project: { id: "0a74" } },
])}`;

const cases: readonly Case[] = [
  {
    name: "Workers KV is given whole seconds, and never less than a minute",
    async run() {
      const { namespace, lives } = standInKv();
      const store = kvStore(namespace);
      for (const [life, seconds] of [
        [0, 60],
        [5000, 60],
        [60_000, 60],
        [60_001, 61],
        [3_599_500.5, 3600],
      ] as const) {
        await store.set("key", "value", life);
        assert.deepEqual([...lives.values()], [seconds]);
      }
    },
  },
  {
    name: "Workers KV drops a value when its life is over",
    async run() {
      let now = 0;
      const store = kvStore(standInKv(() => now).namespace);
      await store.set("key", "value", 90_000);
      now = 89_999;
      assert.equal(await store.get("key"), "value");
      now = 90_000;
      assert.isNull(await store.get("key"));
    },
  },
  {
    name: "Workers KV and the caches get nothing of the key to read",
    async run() {
      const { namespace, entries } = standInKv();
      await kvStore(namespace).set(longKey, "value", 1000);
      assert.match([...entries.keys()].join(), /^keystone-fetch:[0-9a-f]{64}$/);
      const caches = standInCache();
      await cacheStore(caches.cache).set(longKey, "value", 1000);
      assert.match(
        [...caches.entries.keys()].join(),
        /^https:\/\/keystone-fetch\.invalid\/[0-9a-f]{64}$/,
      );
    },
  },
  {
    name: "a Worker's cache drops a value when its life is over",
    async run() {
      let now = 0;
      const store = cacheStore(standInCache(() => now).cache);
      await store.set("key", "value", 1500);
      now = 1999;
      assert.equal(await store.get("key"), "value");
      now = 2000;
      assert.notExists(await store.get("key"));
    },
  },
  {
    name: "caches are opened under a name of their own, or under the one that was given",
    async run() {
      const opened: string[] = [];
      const { cache } = standInCache();
      const caches = {
        async open(name: string) {
          opened.push(name);
          return cache;
        },
      };
      await cacheStore(caches).get("key");
      await cacheStore(caches, { name: "other" }).get("key");
      assert.deepEqual(opened, ["keystone-fetch", "other"]);
    },
  },
  {
    name: "Deno KV gets what is too large for one value in parts, all in one operation",
    async run() {
      const { kv, entries, operations } = standInDenoKv();
      const store = denoKvStore(kv);
      for (const [length, parts] of [
        [1, 1],
        [60_000, 1],
        [60_001, 2],
        [780_000, 13],
        [10, 1],
      ] as const) {
        await store.set("key", "x".repeat(length), 1000.5);
        assert.equal((await store.get("key"))?.length, length);
        assert.equal(entries.size, parts);
      }
      await store.delete("key");
      assert.equal(entries.size, 0);
      assert.deepEqual([...new Set(operations)], [13]);
    },
  },
  {
    name: "Deno KV keeps the old value where the new one is too large, and says so",
    async run() {
      const kv = await denoKv();
      const store = denoKvStore(kv);
      await store.set("key", "value", 10_000);
      const error = await outcome(async () => store.set("key", "x".repeat(10_000_000), 10_000));
      assert.match(String(error), /too large/);
      assert.equal(await store.get("key"), "value");
      kv.close?.();
    },
  },
  {
    name: "Deno KV restores letters that the end of a part cuts in two",
    async run() {
      const kv = await denoKv();
      const store = denoKvStore(kv);
      for (const start of ["", "x", "xx", "xxx"]) {
        const value = start + "ü€😀".repeat(20_000);
        await store.set("key", value, 10_000);
        assert.isTrue((await store.get("key")) === value);
      }
      kv.close?.();
    },
  },
];

export default cases;
