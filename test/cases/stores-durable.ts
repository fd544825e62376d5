/**
 * One token for all isolates: TokenVault with a simulated Durable Object's storage in memory, so that
 * it runs in every engine. The gate stores-vault runs it in real Durable Objects.
 */
import { assert } from "chai";
import { createSession } from "keystone-fetch";
import {
  durableStore,
  TokenVault,
  type VaultNamespace,
  type VaultState,
} from "keystone-fetch/stores";
import type { Case } from "../case.ts";
import { assertNames, outcome } from "../fixtures/failures.ts";
import { sleep, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** What a Durable Object keeps. */
interface Kept {
  readonly entries: Map<string, unknown>;
  /** When its alarm is due; nothing here triggers it by itself. */
  alarm: number | undefined;
}

/** Durable Objects in memory, an object for each name. */
export function standInVaults(make = (state: VaultState): TokenVault => new TokenVault(state, {})) {
  const objects = new Map<string, { readonly vault: TokenVault; readonly kept: Kept }>();

  function open() {
    const kept: Kept = { entries: new Map(), alarm: undefined };
    const storage: VaultState["storage"] = {
      get: async <T>(key: string) => structuredClone(kept.entries.get(key)) as T | undefined,
      put: async (key, value) => void kept.entries.set(key, structuredClone(value)),
      deleteAll: async () => kept.entries.clear(),
      async setAlarm(time) {
        if (!Number.isFinite(time)) throw new TypeError("setAlarm() cannot be called with NaN");
        kept.alarm = time;
      },
      async deleteAlarm() {
        kept.alarm = undefined;
      },
    };
    return { vault: make({ storage }), kept };
  }

  const namespace: VaultNamespace = {
    idFromName: (name) => name,
    get(id) {
      const name = String(id);
      const object = objects.get(name) ?? open();
      objects.set(name, object);
      return { fetch: (url, init) => object.vault.fetch(new Request(url, init)) };
    },
  };
  return {
    namespace,
    objects,
    /** The only object there is. */
    only() {
      const [object] = objects.values();
      return object ?? assert.fail("there is no object");
    },
  };
}

const hour = 3_600_000;

/** A promise, and what resolves it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A vault that renews in this way, and counts how often. */
function renewing(renew: () => Promise<unknown>) {
  let renewals = 0;
  class Renewing extends TokenVault {
    override renew() {
      renewals++;
      return renew();
    }
  }
  const vaults = standInVaults((state) => new Renewing(state, {}));
  return { ...vaults, store: durableStore(vaults.namespace), count: () => renewals };
}

const cases: readonly Case[] = [
  {
    name: "of many sessions at once, each with a store of its own, one logs in",
    async run(env) {
      const server = faulty(env, "ok");
      const { namespace } = standInVaults();
      const tokens = Array.from({ length: 200 }, () =>
        createSession({
          authUrl: `${server.url}/v3`,
          auth: somebody,
          store: durableStore(namespace),
        }).token(),
      );
      const ids = new Set((await Promise.all(tokens)).map(({ id }) => id));
      assert.equal(ids.size, 1);
      assert.lengthOf(await server.log(), 1);
    },
  },
  {
    name: "a session whose vault fails logs in by itself",
    async run(env) {
      const server = faulty(env, "ok");
      const failing = async () => {
        throw new Error("Durable Object reset because its code was updated.");
      };
      const refusing = async () => new Response("overloaded", { status: 503 });
      for (const fetch of [failing, refusing]) {
        const namespace = { idFromName: String, get: () => ({ fetch }) };
        const store = durableStore(namespace);
        await outcome(async () => store.get("key"));
        const session = createSession({ authUrl: `${server.url}/v3`, auth: somebody, store });
        assert.equal((await session.token()).user.name, "demo");
        await session.revoke();
      }
    },
  },
  {
    name: "an object's name reveals nothing of the key, and the status of its answer is reported",
    async run() {
      const { namespace, objects } = standInVaults();
      await durableStore(namespace).set("key", "value", hour);
      assert.match([...objects.keys()].join(), /^[0-9a-f]{64}$/);
      const missing = async () => new Response(null, { status: 404 });
      const store = durableStore({ idFromName: String, get: () => ({ fetch: missing }) });
      const error = await outcome(async () => store.get("key"));
      assert.equal((error as Error).message, "The TokenVault answered 404");
    },
  },
  {
    name: "a vault does not answer what it does not know",
    async run() {
      const { namespace } = standInVaults();
      const vault = namespace.get(namespace.idFromName("name"));
      for (const [method, path] of [
        ["GET", ""],
        ["GET", "other"],
        ["POST", "token"],
        ["GET", "turn/1"],
      ] as const) {
        const { status } = await vault.fetch(`https://vault.invalid/${path}`, { method });
        assert.equal(status, 404, `${method} /${path}`);
      }
    },
  },
  {
    name: "a missing binding is refused at once",
    async run() {
      for (const wrong of [undefined, null, {}, "VAULT"]) {
        await assertNames(() => durableStore(wrong as never), "namespace");
      }
    },
  },
  {
    name: "all who wait for their turn are let in as soon as a token is stored",
    async run() {
      const { namespace } = standInVaults();
      const store = durableStore(namespace);
      let working = 0;
      let most = 0;
      const work = async () => {
        working++;
        most = Math.max(most, working);
        await sleep(50);
        working--;
        return store.get("key");
      };
      const begun = gate();
      const ready = gate();
      const holder = store.lock?.("key", async () => {
        begun.open();
        await ready.opened;
        await store.set("key", "value", hour);
      });
      await begun.opened;
      const others = Array.from({ length: 10 }, () => store.lock?.("key", work));
      await sleep(50);
      assert.equal(most, 0);
      ready.open();
      await holder;
      assert.deepEqual(await Promise.all(others), Array(10).fill("value"));
      assert.isAbove(most, 1);
    },
  },
  {
    name: "the alarm is set to a token's end, and deletes the token and itself",
    async run() {
      const { namespace, only } = standInVaults();
      const store = durableStore(namespace);
      const before = Date.now();
      await store.set("key", "value", 60_000.5);
      const { kept, vault } = only();
      assert.isAtLeast(kept.alarm ?? 0, before + 60_001);
      assert.isAtMost(kept.alarm ?? 0, Date.now() + 60_001);
      // Too early: as when the runtime's clock and the object's differ.
      await vault.alarm();
      assert.equal(await store.get("key"), "value");
      await store.set("key", "value", 10);
      await sleep(20);
      await vault.alarm();
      assert.equal(kept.entries.size, 0);
      assert.isUndefined(kept.alarm);
      await vault.alarm();
      await store.set("key", "value", hour);
      await store.delete("key");
      assert.equal(kept.entries.size, 0);
      assert.isUndefined(kept.alarm);
    },
  },
  {
    name: "a vault that renews does so when nine tenths of a used token's time have passed",
    async run() {
      const vaults = renewing(() => Promise.resolve(vaults.store.set("key", "new", hour)));
      const { store, count, only } = vaults;
      const before = Date.now();
      await store.set("key", "old", 100_000);
      const { kept, vault } = only();
      assert.isAtLeast(kept.alarm ?? 0, before + 90_000);
      assert.isAtMost(kept.alarm ?? 0, Date.now() + 90_000);
      assert.equal(await store.get("key"), "old");
      await vault.alarm();
      assert.equal(count(), 1);
      assert.equal(await store.get("key"), "new");
      assert.isAtLeast(kept.alarm ?? 0, before + hour * 0.9);
    },
  },
  {
    name: "a token that nobody read is not renewed, and deleted at its end",
    async run() {
      const { store, count, only } = renewing(async () => {});
      const before = Date.now();
      await store.set("key", "old", 100_000);
      const { kept, vault } = only();
      await vault.alarm();
      assert.equal(count(), 0);
      assert.isAtLeast(kept.alarm ?? 0, before + 100_000);
      assert.equal(await store.get("key"), "old");
      // A new one has to be read anew.
      await store.set("key", "new", 100_000);
      await vault.alarm();
      assert.equal(count(), 0);
    },
  },
  {
    name: "a renewal that fails leaves the token until its end",
    async run() {
      const { store, count, only } = renewing(async () => {
        throw new Error("Keystone is down");
      });
      const before = Date.now();
      await store.set("key", "old", 100_000);
      await store.get("key");
      const { kept, vault } = only();
      await vault.alarm();
      assert.equal(count(), 1);
      assert.equal(await store.get("key"), "old");
      assert.isAtLeast(kept.alarm ?? 0, before + 100_000);
    },
  },
];

export default cases;
