/**
 * examples/stores/unstorage.ts with a real Redis and with files: servers, each with its own
 * connection, share a token, and do without Redis when it is down.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { Redis } from "ioredis";
import { createSession, password } from "keystone-fetch";
import { encrypted } from "keystone-fetch/stores";
import { createStorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import redisDriver from "unstorage/drivers/redis";
import { check, checks } from "../examples/check.mjs";
import { ensurePackages } from "../keystone/install.mjs";
import { freePort } from "../keystone/ports.mjs";
import { start, stop } from "../runners/children.mjs";
import { rootDir } from "../runners/project.mjs";

/** @typedef {import("keystone-fetch").TokenStore} TokenStore */
/** @typedef {{ store: TokenStore, close(): unknown }} Server one that has a connection of its own */
/** @typedef {(storage: import("unstorage").Storage) => TokenStore} Adapter */

const hour = 3_600_000;

/** @type {import("../runners/gates.mjs").Gate} */
export default async function storesUnstorage({ env: { control }, say }) {
  await ensurePackages(["redis-server"], say);
  const folder = mkdtempSync(join(tmpdir(), "keystone-fetch-"));
  const redis = await startRedis(folder);
  const adapter = await load();
  const inRedis = () => {
    const driver = redisDriver({ url: redis.url, maxRetriesPerRequest: 1 });
    // Otherwise ioredis itself writes to the console when Redis is down.
    driver.getInstance?.().on("error", () => {});
    return serverOf(adapter, driver);
  };
  const inFiles = () => serverOf(adapter, fsDriver({ base: join(folder, "files") }));
  try {
    return [
      ...(await same("Redis", inRedis)),
      ...(await same("files", inFiles)),
      await shared("Redis", inRedis, control),
      await shared("files", inFiles, control),
      await hidden(inRedis, redis.url),
      await down(inRedis, redis, control),
    ];
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What every store does.
 * @param {string} name @param {() => Server} open
 */
async function same(name, open) {
  const [first, second] = [open(), open()];
  const { store } = first;
  const other = second.store;
  const key = `keystone-fetch:["https://cloud.example/v3?a=b",{"name":"${"ü".repeat(300)}"}]`;
  try {
    return await checks({
      [`${name}: what one server stored, another finds, until it is deleted`]: async () => {
        assert.equal(await other.get(key), null);
        for (const value of ['{"a":1}', "x".repeat(100_000), "true", "ü\n😀"]) {
          await store.set(key, value, hour);
          assert.equal(await other.get(key), value);
        }
        await other.delete(key);
        assert.equal(await store.get(key), null);
        await store.delete(key);
      },
      [`${name}: long keys that differ after a "?" are two`]: async () => {
        await Promise.all([store.set(`${key}a`, "a", hour), store.set(`${key}b`, "b", hour)]);
        assert.deepEqual([await store.get(`${key}a`), await store.get(`${key}b`)], ["a", "b"]);
      },
      [`${name}: a value whose time is over is not read again`]: async () => {
        await store.set(key, "value", 200);
        await sleep(210);
        assert.equal(await other.get(key), null);
      },
    });
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

/**
 * Three servers share a login, the third revokes the token, and many sessions of a fourth log in once.
 * @param {string} name @param {() => Server} open @param {string} control
 */
function shared(name, open, control) {
  return check(`${name}: servers share a login, and the sessions of one log in once`, async () => {
    const tag = crypto.randomUUID();
    const ids = [];
    for (const last of [false, false, true]) {
      const { store, close } = open();
      const session = sessionAt(`${control}/ok/${tag}/v3`, sealed(store));
      ids.push((await session.token()).id);
      if (last) await session.revoke();
      await close();
    }
    assert.equal(new Set(ids).size, 1);
    const { store, close } = open();
    const many = Array.from({ length: 50 }, () =>
      sessionAt(`${control}/ok/${tag}/v3`, sealed(store)).token(),
    );
    const renewed = new Set((await Promise.all(many)).map(({ id }) => id));
    assert.equal(renewed.size, 1);
    assert.ok(!renewed.has(ids[0] ?? ""));
    await close();
    assert.deepEqual(await seen(control, tag), ["POST", "DELETE", "POST"]);
  });
}

/** @param {() => Server} open @param {string} url */
function hidden(open, url) {
  return check("Redis: an entry has its time to live, and shows nothing of a token", async () => {
    const { store, close } = open();
    const client = new Redis(url);
    try {
      await client.flushall();
      await sealed(store).set("https://cloud.example", "gAAAA-secret", hour);
      const [name = "", ...others] = await client.keys("*");
      assert.match(name, /^keystone-fetch:[0-9a-f]{64}$/);
      assert.deepEqual(others, []);
      const left = await client.ttl(name);
      assert.ok(left > 3000 && left <= 3600, `${left} seconds`);
      const kept = (await client.get(name)) ?? "";
      assert.match(kept, /"value":"[A-Za-z0-9+/]+=*"/);
      assert.ok(!kept.includes("secret"));
    } finally {
      client.disconnect();
      await close();
    }
  });
}

/**
 * @param {() => Server} open
 * @param {Awaited<ReturnType<typeof startRedis>>} redis
 * @param {string} control
 */
function down(open, redis, control) {
  return check("Redis: sessions work without it when it is down", async () => {
    const { store, close } = open();
    const tag = crypto.randomUUID();
    const session = () => sessionAt(`${control}/ok/${tag}/v3`, store);
    await session().token();
    await redis.stop();
    await assert.rejects(async () => store.get("key"));
    const alone = session();
    assert.equal((await alone.token()).user.name, "demo");
    await alone.revoke();
    await close();
    assert.deepEqual(await seen(control, tag), ["POST", "POST", "DELETE"]);
  });
}

/** @param {string} authUrl @param {TokenStore} store */
function sessionAt(authUrl, store) {
  const auth = password({ name: "demo", domain: { id: "default" }, password: "s3cret-w0rd" });
  return createSession({ authUrl, auth, store, retry: 0 });
}

/** @param {TokenStore} store */
const sealed = (store) => encrypted(store, new Uint8Array(32).fill(7));

/**
 * The methods of all requests that reached the Keystone of that tag.
 * @param {string} control @param {string} tag
 */
async function seen(control, tag) {
  /** @type {{ method: string }[]} */
  const log = await (await fetch(`${control}/log/${tag}`)).json();
  return log.map(({ method }) => method);
}

/** @param {Adapter} adapter @param {import("unstorage").Driver} driver @returns {Server} */
function serverOf(adapter, driver) {
  const storage = createStorage({ driver });
  return { store: adapter(storage), close: () => storage.dispose() };
}

/**
 * The example's adapter, bundled: this Node may not be able to read TypeScript. @returns
 * {Promise<Adapter>}
 */
async function load() {
  mkdirSync(join(rootDir, ".cache"), { recursive: true });
  const outfile = join(rootDir, ".cache/unstorage.mjs");
  await build({
    entryPoints: [join(rootDir, "examples/stores/unstorage.ts")],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    target: "es2022",
  });
  const { unstorageStore } = await import(pathToFileURL(outfile).href);
  return unstorageStore;
}

/** A Redis that writes nothing to disk, on a port of its own. @param {string} folder */
async function startRedis(folder) {
  const port = await freePort();
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const server = start("redis-server", args, { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  // Until it listens, each attempt to connect is an error.
  client.on("error", () => {});
  const ended = new Promise((_, reject) => {
    server.once("error", reject);
    server.once("close", (code) => reject(new Error(`redis-server ended with code ${code}`)));
  });
  await Promise.race([client.ping(), ended]).finally(() => client.disconnect());
  return { url, stop: () => stop(server) };
}
