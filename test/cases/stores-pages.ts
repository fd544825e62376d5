/** Documents of one origin, like tabs: each frame here loads the stores for itself. */
import { assert } from "chai";
import { createSession } from "keystone-fetch";
import { cacheStore, type TokenStore, webStore } from "keystone-fetch/stores";
import { type Case, type Env, pages } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { sleep, somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const hour = 3_600_000;

/** A document beside this one, of the same origin, with the package's stores as its own code. */
async function withFrame<T>(work: (window: Window, frame: HTMLIFrameElement) => Promise<T>) {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  try {
    return await work(frame.contentWindow as Window, frame);
  } finally {
    frame.remove();
  }
}

/** A module of the package, loaded in that window. */
function load<M>(window: Window, path: string): Promise<M> {
  const { eval: run } = window as unknown as { eval(code: string): Promise<M> };
  return run(`import(${JSON.stringify(`${location.origin}/dist/${path}`)})`);
}

const storesOf = (window: Window) =>
  load<typeof import("keystone-fetch/stores")>(window, "stores/index.js");

const newKey = () => `keystone-fetch:["https://keystone.example/v3",[],"${crypto.randomUUID()}"]`;

/** How often it was called within the next moments. */
function counted(store: TokenStore, key: string) {
  let calls = 0;
  const stop = store.watch?.(key, () => {
    calls++;
  });
  const settled = async () => {
    await sleep(150);
    const before = calls;
    calls = 0;
    return before;
  };
  return { settled, stop: () => stop?.() };
}

/** The names of the locks that are held, or waited for, under this key. */
async function locksOn(key: string) {
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = (locks: LockInfo[]) =>
    locks.map(({ name = "" }) => name).filter((name) => name.endsWith(key));
  return { held: names(held), pending: names(pending) };
}

/** A property of the window as in old browsers and in pages without https. */
async function without(object: object, name: string, work: () => unknown) {
  const own = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value: undefined, configurable: true });
  try {
    await work();
  } finally {
    if (own) Object.defineProperty(object, name, own);
    else delete (object as Record<string, unknown>)[name];
  }
}

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ method }) => method === "POST").length;

const sessionAt = (server: Faulty, store: TokenStore, create = createSession) =>
  create({ authUrl: `${server.url}/v3`, auth: somebody, store });

/** Each store that documents share, by what makes it in each of them. */
const kinds = [
  { name: "localStorage", make: (stores: Stores, w: Window) => stores.webStore(w.localStorage) },
  {
    name: "sessionStorage",
    make: (stores: Stores, w: Window) => stores.webStore(w.sessionStorage),
  },
  {
    name: "caches",
    make: (stores: Stores, w: Window) =>
      stores.cacheStore((w as unknown as typeof globalThis).caches),
  },
];

type Stores = Pick<typeof import("keystone-fetch/stores"), "webStore" | "cacheStore">;

const shared: readonly Case[] = kinds.flatMap(({ name, make }) => [
  {
    name: `${name}: a value, and its change, are seen in the other document`,
    async run() {
      await withFrame(async (window) => {
        const here = make({ webStore, cacheStore }, globalThis.window);
        const there = make(await storesOf(window), window);
        const key = newKey();
        const heard = counted(here, key);
        const heardThere = counted(there, key);
        await there.set(key, "value", hour);
        assert.isAbove(await heard.settled(), 0);
        assert.equal(await here.get(key), "value");
        await heardThere.settled();
        await here.delete(key);
        assert.isAbove(await heardThere.settled(), 0);
        assert.notExists(await there.get(key));
        heard.stop();
        heardThere.stop();
      });
    },
  },
  {
    name: `${name}: while one document has the lock, the other waits`,
    async run() {
      await withFrame(async (window) => {
        const here = make({ webStore, cacheStore }, globalThis.window);
        const there = make(await storesOf(window), window);
        const key = newKey();
        const log: string[] = [];
        await new Promise<void>((begun) => {
          void there.lock?.(key, async () => {
            begun();
            await sleep(50);
            log.push("there");
          });
        });
        await here.lock?.(key, async () => log.push("here"));
        assert.deepEqual(log, ["there", "here"]);
      });
    },
  },
  {
    name: `${name}: two documents log in once, at the same time, and end together`,
    async run(env: Env) {
      await withFrame(async (window) => {
        const server = faulty(env, "ok");
        const core = await load<typeof import("keystone-fetch")>(window, "keystone-fetch.min.js");
        const here = sessionAt(server, make({ webStore, cacheStore }, globalThis.window));
        const there = sessionAt(server, make(await storesOf(window), window), core.createSession);
        here.subscribe(() => {});
        const [one, two] = await Promise.all([here.token(), there.token()]);
        assert.equal(one.id, two.id);
        assert.equal(await logins(server), 1);
        await there.revoke();
        await sleep(150);
        assert.equal(here.state.status, "unauthenticated");
      });
    },
  },
]);

const cases: readonly Case[] = [
  ...shared,
  {
    name: "a change made by hand is noticed, and so is a cleared storage",
    lane: "alone" as const, // it clears what others keep there
    async run() {
      await withFrame(async (window) => {
        const key = newKey();
        const heard = counted(webStore(sessionStorage), key);
        window.sessionStorage.setItem(key, "value");
        assert.equal(await heard.settled(), 1);
        window.sessionStorage.removeItem(key);
        assert.equal(await heard.settled(), 1);
        window.localStorage.setItem(key, "value");
        window.localStorage.removeItem(key);
        window.sessionStorage.setItem(`${key}x`, "value");
        assert.equal(await heard.settled(), 0);
        window.sessionStorage.setItem(key, "value");
        window.sessionStorage.clear();
        assert.equal(await heard.settled(), 2);
        heard.stop();
        window.sessionStorage.setItem(key, "value");
        assert.equal(await heard.settled(), 0);
      });
    },
  },
  {
    name: "the two storages of a page have nothing to do with one another",
    async run() {
      const key = newKey();
      const [session, local] = [webStore(sessionStorage), webStore(localStorage)];
      const heard = counted(session, key);
      await local.set(key, "value", hour);
      assert.equal(await heard.settled(), 0);
      heard.stop();
      assert.isNull(await session.get(key));
      await local.delete(key);
      const done = await local.lock?.(key, () =>
        Promise.resolve(session.lock?.(key, async () => "both")),
      );
      assert.equal(done, "both");
    },
  },
  {
    name: "localStorage's lock is held a moment longer, so that other tabs see what was written",
    async run() {
      const key = newKey();
      await webStore(localStorage).lock?.(key, async () => "done");
      assert.lengthOf((await locksOn(key)).held, 1);
      await sleep(150);
      assert.deepEqual(await locksOn(key), { held: [], pending: [] });
    },
  },
  {
    name: "a document that goes away releases its lock",
    async run() {
      const key = newKey();
      const store = webStore(localStorage);
      await withFrame(async (window, frame) => {
        const there = (await storesOf(window)).webStore(window.localStorage);
        void there.lock?.(key, () => new Promise(() => {}));
        const mine = store.lock?.(key, async () => "mine");
        await sleep(50);
        assert.lengthOf((await locksOn(key)).pending, 1);
        frame.remove();
        assert.equal(await mine, "mine");
      });
    },
  },
  {
    name: "a storage that is full says so, and keeps what it had",
    async run() {
      const key = newKey();
      const store = webStore(localStorage);
      await store.set(key, "value", hour);
      const error = await outcome(async () => store.set(key, "x".repeat(6_000_000), hour));
      assert.equal((error as Error).name, "QuotaExceededError");
      assert.equal(await store.get(key), "value");
      await store.delete(key);
    },
  },
  {
    name: "without Web Locks and channels a store is still a store",
    lane: "alone" as const,
    async run() {
      await without(navigator, "locks", () =>
        without(globalThis, "BroadcastChannel", async () => {
          for (const store of [webStore(localStorage), cacheStore(caches)]) {
            const key = newKey();
            assert.isUndefined(store.lock);
            await store.set(key, "value", hour);
            assert.equal(await store.get(key), "value");
            await store.delete(key);
          }
          assert.isUndefined(cacheStore(caches).watch);
          await withFrame(async (window) => {
            const key = newKey();
            const heard = counted(webStore(localStorage), key);
            window.localStorage.setItem(key, "value");
            assert.equal(await heard.settled(), 1);
            heard.stop();
            localStorage.removeItem(key);
          });
        }),
      );
    },
  },
].map((one) => ({ ...one, only: pages }));

export default cases;
