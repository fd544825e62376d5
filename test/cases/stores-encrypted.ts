/** An encrypted value can be read only with its key, and only where it was put. */
import { assert } from "chai";
import { createSession, OptionsError } from "keystone-fetch";
import {
  cacheStore,
  denoKvStore,
  type EncryptionKey,
  encrypted,
  kvStore,
  memoryStore,
  type TokenStore,
  webStore,
} from "keystone-fetch/stores";
import type { Case } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { mapStore, sleep, somebody, watched } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const hour = 3_600_000;

const bytes = (length = 32) => crypto.getRandomValues(new Uint8Array(length));

const base64 = (key: Uint8Array) => btoa(String.fromCharCode(...key));

const cryptoKey = async (usages: KeyUsage[] = ["encrypt", "decrypt"], name = "AES-GCM") =>
  (await crypto.subtle.generateKey({ name, length: 256 }, false, usages)) as CryptoKey;

/** Checks that the store says that it could not read the value, and shows nothing of it. */
async function unreadable(store: TokenStore, key: string): Promise<void> {
  const error = await outcome(async () => store.get(key));
  assert.equal((error as Error).message, "encrypted: none of the keys decrypts the stored value");
}

/** The same text with one letter changed. */
function changed(text: string, at: number): string {
  const i = at < 0 ? text.length + at : at;
  return `${text.slice(0, i)}${text[i] === "A" ? "B" : "A"}${text.slice(i + 1)}`;
}

const cases: readonly Case[] = [
  {
    name: "bytes, the same in base64, and a CryptoKey are keys",
    async run() {
      for (const key of [bytes(16), bytes(32), base64(bytes()), await cryptoKey()]) {
        const store = mapStore();
        await encrypted(store, key).set("key", "value", hour);
        assert.equal(await encrypted(store, key).get("key"), "value");
        assert.equal(await encrypted(store, [key]).get("key"), "value");
      }
      const raw = bytes();
      const store = mapStore();
      await encrypted(store, raw).set("key", "value", hour);
      assert.equal(await encrypted(store, `${base64(raw)}\n`).get("key"), "value");
    },
  },
  {
    name: "bytes that are overwritten later are still the key",
    async run() {
      const key = bytes();
      const store = encrypted(mapStore(), key);
      await store.set("key", "value", hour);
      key.fill(0);
      assert.equal(await store.get("key"), "value");
    },
  },
  {
    name: "an invalid key is refused at once, and not repeated",
    async run() {
      const wrong: unknown[] = [
        undefined,
        "",
        "no base64!",
        "c2VjcmV0LXNlY3JldA==",
        bytes(24),
        bytes(0),
        [],
        [bytes(), "c2VjcmV0LXNlY3JldA=="],
        {},
        await cryptoKey(["encrypt", "decrypt"], "AES-CBC"),
      ];
      for (const key of wrong) {
        const make = () => encrypted(mapStore(), key as EncryptionKey);
        assert.notInclude((await failure(make, OptionsError)).message, "c2Vj");
      }
    },
  },
  {
    name: "nothing of a value can be read, and no two look alike",
    async run() {
      const store = mapStore();
      const closed = encrypted(store, bytes());
      const seen = new Set<string>();
      for (let i = 0; i < 50; i++) {
        await closed.set("key", "gAAAA-secret-token", hour);
        const value = store.map.get("key") ?? "";
        assert.match(value, /^[A-Za-z0-9+/]+=*$/);
        assert.notInclude(value, "secret");
        assert.notInclude(atob(value), "secret");
        seen.add(value.slice(0, 16)); // the nonce
      }
      assert.equal(seen.size, 50);
    },
  },
  {
    name: "older keys still decrypt what they encrypted, and the newest encrypts",
    async run() {
      const [first, second, third] = [bytes(), base64(bytes()), await cryptoKey()];
      const store = mapStore();
      await encrypted(store, first).set("key", "value", hour);
      const rotated = encrypted(store, [third, second, first]);
      assert.equal(await rotated.get("key"), "value");
      await rotated.set("key", "value", hour);
      assert.equal(await encrypted(store, third).get("key"), "value");
      await unreadable(encrypted(store, [second, first]), "key");
    },
  },
  {
    name: "a CryptoKey without a usage that it needs is refused at once, by the usage's name",
    async run() {
      const full = await cryptoKey();
      const wrong: [EncryptionKey | [EncryptionKey, EncryptionKey], string][] = [
        [await cryptoKey(["encrypt"]), "decrypt"],
        [await cryptoKey(["decrypt"]), "encrypt"],
        [await cryptoKey(["wrapKey", "unwrapKey"]), "encrypt"],
        [[full, await cryptoKey(["encrypt"])], "decrypt"],
        [[await cryptoKey(["decrypt"]), full], "encrypt"],
      ];
      for (const [key, missing] of wrong) {
        const { message } = await failure(() => encrypted(mapStore(), key), OptionsError);
        assert.equal(message, `key: expected a CryptoKey whose usages include "${missing}"`);
      }
    },
  },
  {
    name: "an older CryptoKey that may only decrypt is enough to read",
    async run() {
      const store = mapStore();
      const old = bytes();
      const decrypting = await crypto.subtle.importKey("raw", old, "AES-GCM", false, ["decrypt"]);
      await encrypted(store, old).set("key", "value", hour);
      const rotated = encrypted(store, [await cryptoKey(), decrypting]);
      assert.equal(await rotated.get("key"), "value");
      await rotated.set("key", "new", hour);
      assert.equal(await rotated.get("key"), "new");
    },
  },
  {
    name: "a value that was damaged, cut, moved or never encrypted cannot be read",
    async run() {
      const store = mapStore();
      const closed = encrypted(store, [bytes(), bytes()]);
      await closed.set("key", "value", hour);
      const good = store.map.get("key") ?? "";
      const bad = [
        changed(good, 0),
        changed(good, 20),
        changed(good, -4),
        good.slice(0, -4),
        good.slice(0, 16),
        good.slice(0, 4),
        good.slice(1),
        `${good}AAAA`,
        "{}",
        "ü",
        '["key","token"]',
      ];
      for (const value of bad) {
        store.map.set("key", value);
        await unreadable(closed, "key");
      }
      store.map.set("other", good);
      await unreadable(closed, "other");
      store.map.set("key", good);
      assert.equal(await closed.get("key"), "value");
    },
  },
  {
    name: "nothing, null and an empty string are absent, not unreadable",
    async run() {
      for (const nothing of [undefined, null, ""]) {
        const store = encrypted({ ...mapStore(), get: () => nothing }, bytes());
        assert.isNull(await store.get("key"));
      }
    },
  },
  {
    name: "a value encrypted with another key cannot be read, but overwritten and deleted",
    async run() {
      const store = mapStore();
      await encrypted(store, bytes()).set("key", "value", hour);
      const other = encrypted(store, bytes());
      await unreadable(other, "key");
      await other.set("key", "new", hour);
      assert.equal(await other.get("key"), "new");
      await other.delete("key");
      assert.equal(store.map.size, 0);
    },
  },
  {
    name: "a token that another key encrypted is no sign-out for the sessions that watch the store",
    async run(env) {
      const store = memoryStore();
      const server = faulty(env, "ok");
      const options = { authUrl: `${server.url}/v3`, auth: somebody };
      const key = bytes();
      const session = createSession({ ...options, store: encrypted(store, key) });
      const { id } = await session.authenticate();
      const { seen, stop } = watched(session);
      const other = createSession({ ...options, store: encrypted(store, bytes()) });
      await other.authenticate();
      // The session was notified of the change; the next notification shows that it has handled it.
      await sleep(50);
      assert.deepEqual(seen, []);
      assert.equal((await session.token()).id, id);
      await createSession({ ...options, store: encrypted(store, key) }).revoke();
      for (let i = 0; i < 100 && seen.length === 0; i++) await sleep(20);
      assert.deepEqual(seen, ["unauthenticated"]);
      stop();
    },
  },
  {
    name: "a store that fails is not mistaken for an empty one",
    async run() {
      const reason = new Error("down");
      const down = () => Promise.reject(reason);
      const store = encrypted({ get: down, set: down, delete: down }, bytes());
      assert.equal(await outcome(async () => store.get("key")), reason);
      assert.equal(await outcome(async () => store.set("key", "value", hour)), reason);
      assert.equal(await outcome(async () => store.delete("key")), reason);
    },
  },
  {
    name: "the store's life, lock and watch are passed on; what it lacks is not made up",
    async run() {
      const lives: number[] = [];
      const inner = memoryStore();
      const closed = encrypted(
        { ...inner, set: (_key, _value, life) => lives.push(life) },
        bytes(),
      );
      await closed.set("key", "value", 1234);
      assert.deepEqual(lives, [1234]);
      assert.equal(await closed.lock?.("key", async () => "done"), "done");
      assert.isFunction(closed.watch);
      const plain = encrypted(mapStore(), bytes());
      assert.doesNotHaveAnyKeys(plain, ["lock", "watch"]);
    },
  },
  {
    name: "a store that is an object of a class keeps its `this`",
    async run() {
      const store = new (class {
        #map = new Map<string, string>();
        get = (key: string) => this.#map.get(key);
        set(key: string, value: string) {
          this.#map.set(key, value);
        }
        delete(key: string) {
          this.#map.delete(key);
        }
        lock<T>(_key: string, work: () => Promise<T>): Promise<T> {
          this.#map.clear();
          return work();
        }
        watch() {
          return () => this.#map.clear();
        }
      })();
      const closed = encrypted(store, bytes());
      await closed.set("key", "value", hour);
      assert.equal(await closed.get("key"), "value");
      assert.equal(await closed.lock?.("key", async () => "done"), "done");
      assert.isNull(await closed.get("key"));
      closed.watch?.("key", () => {})();
      await closed.delete("key");
    },
  },
  {
    name: "a session's token can't be read in the store, and with its key it is restored",
    async run(env) {
      const store = mapStore();
      const key = base64(bytes());
      const options = { authUrl: `${faulty(env, "ok").url}/v3`, auth: somebody };
      const { id } = await createSession({ ...options, store: encrypted(store, key) }).token();
      const kept = [...store.map].flat().join();
      assert.isNotEmpty(kept);
      for (const part of [id, "expires_at"]) {
        assert.notInclude(kept, part);
        assert.notInclude(kept, btoa(part).replaceAll("=", ""));
      }
      const restored = (one: EncryptionKey) =>
        createSession({ ...options, store: encrypted(store, one) }).restore();
      assert.isFalse(await restored(bytes()));
      assert.isTrue(await restored(key));
    },
  },
  {
    name: "a store without a place for its values is refused at once",
    async run() {
      const missing: (() => unknown)[] = [
        () => kvStore(undefined as never),
        () => denoKvStore({} as never),
        () => webStore(undefined as never),
        () => cacheStore(undefined as never),
        () => encrypted(undefined as never, bytes()),
      ];
      for (const make of missing) await failure(make, OptionsError);
    },
  },
];

export default cases;
