/** Every store behaves alike, wherever it keeps its values. */
import { assert } from "chai";
import { createSession } from "keystone-fetch";
import {
  cacheStore,
  denoKvStore,
  durableStore,
  encrypted,
  kvStore,
  memoryStore,
  type TokenStore,
  type WebCaches,
  type WebStorage,
  webStore,
} from "keystone-fetch/stores";
import { type Case, type Env, pages, type Runtime } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { sleep, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";
import { standInVaults } from "./stores-durable.ts";
import { denoKv, kvNamespace, longKey, workersCache } from "./stores-runtimes.ts";

/** Two objects that keep their values in the same place, and how to end their use. */
interface Shared {
  readonly store: TokenStore;
  readonly other: TokenStore;
  close?(): void;
}

interface Kind {
  readonly name: string;
  readonly only?: readonly Runtime[];
  /** It forgets by itself, to the millisecond. */
  readonly forgets?: boolean;
  /** It has its own lock, or none; otherwise it has one if there are Web Locks. */
  readonly lock?: boolean;
  open(): Shared | Promise<Shared>;
}

const withStorage: readonly Runtime[] = [...pages, "deno"];

const host = globalThis as unknown as {
  localStorage: WebStorage;
  sessionStorage: WebStorage;
  caches: WebCaches;
  navigator?: { locks?: unknown };
  BroadcastChannel?: unknown;
};

/** The same by two objects. */
const twice = (make: () => TokenStore): Shared => ({ store: make(), other: make() });

/** The same with one object, if a second one would be another place. */
const once = (store: TokenStore): Shared => ({ store, other: store });

const kinds: readonly Kind[] = [
  { name: "memoryStore", forgets: true, lock: true, open: () => once(memoryStore()) },
  {
    name: "webStore(localStorage)",
    only: withStorage,
    open: () => twice(() => webStore(host.localStorage)),
  },
  {
    name: "webStore(sessionStorage)",
    only: withStorage,
    open: () => twice(() => webStore(host.sessionStorage)),
  },
  { name: "cacheStore", only: withStorage, open: () => twice(() => cacheStore(host.caches)) },
  {
    name: "cacheStore of one cache",
    only: withStorage,
    async open() {
      const cache = await host.caches.open("of-the-suite");
      return twice(() => cacheStore(cache));
    },
  },
  {
    name: "cacheStore(caches.default)",
    only: ["workerd", "node"],
    async open() {
      const cache = await workersCache();
      return twice(() => cacheStore(cache));
    },
  },
  {
    name: "kvStore",
    lock: false,
    async open() {
      const namespace = await kvNamespace();
      return twice(() => kvStore(namespace));
    },
  },
  {
    name: "denoKvStore",
    async open() {
      const kv = await denoKv();
      return { ...twice(() => denoKvStore(kv)), close: () => kv.close?.() };
    },
  },
  {
    name: "durableStore",
    forgets: true,
    lock: true,
    open() {
      const { namespace } = standInVaults();
      return twice(() => durableStore(namespace));
    },
  },
  {
    name: "encrypted(durableStore)",
    forgets: true,
    lock: true,
    open() {
      const { namespace } = standInVaults();
      return twice(() => encrypted(durableStore(namespace), new Uint8Array(32).fill(7)));
    },
  },
  {
    name: "encrypted(memoryStore)",
    forgets: true,
    lock: true,
    open() {
      const store = memoryStore();
      return twice(() => encrypted(store, new Uint8Array(32).fill(7)));
    },
  },
  {
    name: "encrypted(webStore)",
    only: pages,
    open: () => twice(() => encrypted(webStore(host.localStorage), new Uint8Array(16))),
  },
];

/** A new key each time, since some places outlive the suite. */
const newKey = () => `${longKey}${crypto.randomUUID()}`;

const hour = 3_600_000;

interface Check {
  readonly name: string;
  readonly forgetsOnly?: boolean;
  run(shared: Shared, key: string, env: Env): Promise<void>;
}

const checks: readonly Check[] = [
  {
    name: "has nothing under a key that nobody set, and deletes it without an error",
    async run({ store }, key) {
      assert.notExists(await store.get(key));
      await store.delete(key);
    },
  },
  {
    name: "returns what was set, even by another, until it is overwritten or deleted",
    async run({ store, other }, key) {
      await store.set(key, "one", hour);
      assert.equal(await store.get(key), "one");
      assert.equal(await other.get(key), "one");
      await other.set(key, "two", hour);
      assert.equal(await store.get(key), "two");
      await store.delete(key);
      assert.notExists(await other.get(key));
      await store.set(key, "three", hour);
      assert.equal(await store.get(key), "three");
    },
  },
  {
    name: "tells long keys apart by their last letter",
    async run({ store }, key) {
      await Promise.all([store.set(`${key}a`, "a", hour), store.set(`${key}b`, "b", hour)]);
      assert.deepEqual([await store.get(`${key}a`), await store.get(`${key}b`)], ["a", "b"]);
      await store.delete(`${key}a`);
      assert.equal(await store.get(`${key}b`), "b");
      await store.delete(`${key}b`);
    },
  },
  {
    name: "returns 100 kB unchanged, and then a short value",
    async run({ store }, key) {
      for (const value of ["{}".repeat(50_000), "ü\n\u0000 😀\t".repeat(10_000), "x"]) {
        await store.set(key, value, hour);
        assert.isTrue((await store.get(key)) === value);
      }
    },
  },
  {
    name: "keeps one of those that were set at once, and that one whole",
    async run({ store, other }, key) {
      const values = Array.from({ length: 12 }, (_, i) => String(i).padStart(2).repeat(40_000));
      await Promise.all(
        values.map(async (value, i) => [store, other][i % 2]?.set(key, value, hour)),
      );
      assert.include(values, await store.get(key));
      assert.equal(await other.get(key), await store.get(key));
    },
  },
  {
    name: "has no value whose life is over",
    forgetsOnly: true,
    async run({ store }, key) {
      await store.set(key, "one", 1500);
      await store.set(`${key}2`, "two", hour);
      assert.equal(await store.get(key), "one");
      await sleep(1510);
      assert.notExists(await store.get(key));
      assert.equal(await store.get(`${key}2`), "two");
    },
  },
  {
    name: "lets one at a time work under a key, where it has a lock",
    async run({ store, other }, key) {
      if (!store.lock || !other.lock) return;
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const log: string[] = [];
      const work = (name: string, ms: number) => async () => {
        log.push(name);
        await released;
        await sleep(ms);
        log.push(name);
        return name;
      };
      const done = [
        store.lock(key, work("a", 30)),
        other.lock(key, work("b", 10)),
        store.lock(key, work("c", 0)),
      ];
      // Another key gets its turn, although none of these can end.
      assert.equal(await other.lock(`${key}x`, async () => "x"), "x");
      assert.isAtMost(log.length, 1);
      release();
      assert.deepEqual(await Promise.all(done), ["a", "b", "c"]);
      // Each ended before the next one began, whichever came first.
      const [first, , second, , third] = log;
      assert.deepEqual(log, [first, first, second, second, third, third]);
      assert.sameMembers([first, second, third], ["a", "b", "c"]);
    },
  },
  {
    name: "passes on why work failed under its lock, and lets the next one work",
    async run({ store, other }, key) {
      if (!store.lock || !other.lock) return;
      const reason = new Error("failed");
      const failing = store.lock(key, () => Promise.reject(reason));
      const next = other.lock(key, async () => "next");
      assert.equal(await outcome(failing), reason);
      assert.equal(await next, "next");
    },
  },
  {
    name: "reports a change of that key, until it is stopped, if it can",
    async run({ store, other }, key) {
      if (!store.watch) return;
      let calls = 0;
      /** How often it was called by then; if there are two ways, it may be twice. */
      const called = async () => {
        await sleep(100);
        const before = calls;
        calls = 0;
        return before > 0;
      };
      const stop = store.watch(key, () => {
        calls++;
      });
      await other.set(`${key}x`, "x", hour);
      assert.isFalse(await called());
      await other.set(key, "one", hour);
      assert.isTrue(await called());
      await other.delete(key);
      assert.isTrue(await called());
      // A session cannot be told from another with the same store.
      await store.set(key, "own", hour);
      assert.isTrue(await called());
      stop();
      await other.set(key, "two", hour);
      assert.isFalse(await called());
      await other.delete(`${key}x`);
    },
  },
  {
    name: "serves two sessions with one login, and forgets with them",
    async run({ store, other }, _, env) {
      const server = faulty(env, "ok");
      const authUrl = `${server.url}/v3`;
      const first = createSession({ authUrl, auth: somebody, store });
      const second = createSession({ authUrl, auth: somebody, store: other });
      const { id } = await first.token();
      assert.isTrue(await second.restore());
      assert.equal((await second.token()).id, id);
      await second.revoke();
      assert.isFalse(await createSession({ authUrl, auth: somebody, store }).restore());
      const logins = (await server.log()).filter(({ method }) => method === "POST");
      assert.lengthOf(logins, 1);
    },
  },
];

const cases: readonly Case[] = kinds.flatMap(({ name: kind, only, forgets, lock, open }) =>
  checks
    .filter(({ forgetsOnly }) => forgets || !forgetsOnly)
    .map(({ name, run }) => ({
      name: `${kind} ${name}`,
      ...(only && { only }),
      async run(env) {
        const shared = await open();
        const key = newKey();
        try {
          assert.equal(Boolean(shared.store.lock), lock ?? Boolean(host.navigator?.locks));
          await run(shared, key, env);
        } finally {
          await shared.store.delete(key);
          shared.close?.();
        }
      },
    })),
);

export default cases;
