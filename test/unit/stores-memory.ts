/** The store in memory may live for weeks: it forgets, and nobody waits forever. */
import { assert } from "chai";
import { memoryStore } from "../../src/stores/memory-store.ts";
import { type Case, inLane } from "../case.ts";

type Global = Record<string, unknown>;

/** Replaces globals for as long as the work takes. */
export async function replacing(globals: Global, work: () => unknown): Promise<void> {
  const host = globalThis as unknown as Global;
  const before = Object.fromEntries(Object.keys(globals).map((name) => [name, host[name]]));
  try {
    Object.assign(host, globals);
    await work();
  } finally {
    Object.assign(host, before);
  }
}

/** A store, and the maps that it keeps everything in. */
async function opened() {
  const maps: Map<unknown, unknown>[] = [];
  class Seen extends Map {
    constructor() {
      super();
      maps.push(this);
    }
  }
  let store = memoryStore();
  await replacing({ Map: Seen }, () => {
    store = memoryStore();
  });
  return { store, size: () => maps.reduce((sum, { size }) => sum + size, 0) };
}

const cases: readonly Case[] = [
  {
    name: "what nobody asks for again is forgotten, sooner or later",
    async run() {
      const { store, size } = await opened();
      let now = 0;
      await replacing({ Date: { now: () => now } }, async () => {
        for (let i = 0; i < 10_000; i++) {
          now = i * 1000;
          await store.set(`key ${i}`, "value", 60_000);
          assert.isAtMost(size(), 200);
        }
        assert.equal(await store.get("key 9999"), "value");
        assert.equal(await store.get("key 9940"), "value");
        assert.isNull(await store.get("key 9939"));
      });
    },
  },
  {
    name: "what still has its time is kept, however much it is",
    async run() {
      const { store } = await opened();
      for (let i = 0; i < 1000; i++) await store.set(`key ${i}`, `${i}`, 60_000);
      for (let i = 0; i < 1000; i++) assert.equal(await store.get(`key ${i}`), `${i}`);
    },
  },
  {
    name: "locks that were given back leave nothing behind",
    async run() {
      const { store, size } = await opened();
      const works = Array.from({ length: 50 }, (_, i) =>
        store.lock?.(`key ${i % 5}`, async () => {
          if (i % 3 === 0) throw new Error("failed");
        }),
      );
      await Promise.allSettled(works);
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal(size(), 0);
    },
  },
  {
    name: "work that never ends keeps the next one waiting for five seconds, and no longer",
    async run() {
      const store = memoryStore();
      const { setTimeout: wait } = globalThis;
      const waits: number[] = [];
      const quick = (go: () => void, ms: number) => {
        waits.push(ms);
        return wait(go, ms / 100);
      };
      await replacing({ setTimeout: quick }, async () => {
        void store.lock?.("key", () => new Promise(() => {}));
        assert.equal(await store.lock?.("key", async () => "next"), "next");
        assert.equal(await store.lock?.("key", async () => "last"), "last");
      });
      assert.deepEqual(waits, [5000]);
    },
  },
  {
    name: "whoever watches is told after the write, and cannot make it fail",
    async run() {
      const store = memoryStore();
      const log: unknown[] = [];
      const stop = store.watch?.("key", () => log.push(store.get("key")));
      const stopOther = store.watch?.("other", () => log.push("other"));
      store.watch?.("key", () => stop?.());
      await store.set("key", "value", 1000);
      await store.set("key", "value", 1000);
      await store.delete("key");
      assert.deepEqual(log, ["value"]);
      await store.delete("key");
      await store.delete("other");
      stopOther?.();
      assert.deepEqual(log, ["value"]);
    },
  },
];

export default inLane("alone", cases);
