/**
 * durableStore in workerd's real Durable Objects: several Workers on the same objects, a session for
 * each request, and logins counted at the real Keystone.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Miniflare } from "miniflare";
import { oneFile } from "../runners/one-file.mjs";
import { rootDir } from "../runners/project.mjs";

/** @typedef {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} Env */
/** @typedef {Awaited<ReturnType<typeof startWorkers>>} Workers */

const names = ["one", "two", "three", "four"];

/** @type {import("../runners/gates.mjs").Gate} */
export default async function storesVault({ env, say }) {
  const folder = mkdtempSync(join(tmpdir(), "keystone-fetch-"));
  const script = await oneFile(join(rootDir, "test/places/stores-vault.ts"));
  let workers = await startWorkers(env, script, folder);
  const restart = async () => {
    await workers.stop();
    workers = await startWorkers(env, script, folder);
    return workers;
  };
  try {
    return [
      await crowd(env, workers, say),
      await large(workers),
      await expiry(workers),
      await deadHolder(workers),
      await renewal(env, workers),
      await restarted(env, workers, restart),
    ];
  } finally {
    await workers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * 200 requests at the same time, before there is a token, and again after it was revoked.
 * @param {Env} env @param {Workers} workers @param {(line: string) => void} say
 */
async function crowd(env, workers, say) {
  const url = `${env.keystone}/v3`;
  const began = Date.now();
  const rounds = [];
  for (const round of ["nothing stored", "revoked"]) {
    const before = await logins(env.control);
    const all = Array.from({ length: 200 }, (_, i) => workers.ask(i, "token", { url }));
    const tokens = new Set(await Promise.all(all));
    rounds.push({ round, tokens: tokens.size, logins: (await logins(env.control)) - before });
    await workers.ask(0, "token", { url, revoke: "yes" });
  }
  const told = JSON.stringify(rounds);
  say(`vault: twice 200 sessions in 4 Workers: ${told}, ${Date.now() - began} ms`);
  return {
    name: "200 sessions at once in 4 Workers share one login, and one more once it is revoked",
    ok: rounds.every(({ tokens, logins }) => tokens === 1 && logins === 1),
    error: told,
  };
}

/** @param {Workers} workers */
async function large(workers) {
  const key = crypto.randomUUID();
  await workers.ask(0, "set", { key, length: 1_000_000, life: 60_000.5 });
  const length = await workers.ask(1, "length", { key });
  return { name: "a token of 1 MB fits", ok: length === 1_000_000, error: `${length}` };
}

/** @param {Workers} workers */
async function expiry(workers) {
  const key = crypto.randomUUID();
  await workers.ask(0, "set", { key, length: 10, life: 60_000 });
  const kept = await workers.ask(0, "inspect", { key });
  await workers.ask(0, "set", { key, length: 10, life: 500 });
  const left = await until(
    () => workers.ask(0, "inspect", { key }),
    ({ entries }) => entries === 0,
  );
  const found = await workers.ask(1, "length", { key });
  return {
    name: "a token is deleted at its end, and nothing stays",
    ok: kept.entries === 1 && kept.alarm > Date.now() && left.alarm === null && found === null,
    error: JSON.stringify({ kept, left, found }),
  };
}

/**
 * If a request that has the turn ends, the turn passes on before anybody gives up waiting; if it is
 * still working, it keeps the turn.
 * @param {Workers} workers
 */
async function deadHolder(workers) {
  const [dead, living] = [crypto.randomUUID(), crypto.randomUUID()];
  const end = new AbortController();
  const holder = workers.ask(1, "stay", { key: living }, end.signal);
  holder.catch(() => {});
  await until(
    () => workers.ask(2, "length", { key: `${living} is held` }),
    (length) => length === 3,
  );
  await workers.ask(0, "leave", { key: dead });
  /** @type {string[]} */
  const order = [];
  await Promise.all(
    Object.entries({ living, dead }).map(async ([name, key]) => {
      await workers.ask(3, "turn", { key });
      order.push(name);
    }),
  );
  end.abort();
  return {
    name: "a turn ends when its holder's request does, and not while the request lives",
    ok: order.join() === "dead,living",
    error: order.join(),
  };
}

/**
 * With the Keystone whose tokens live for five seconds: after a while, a session gets a token for
 * which no session logged in.
 * @param {Env} env @param {Workers} workers
 */
async function renewal({ shortLived = "" }, workers) {
  const url = `${shortLived}/v3`;
  const ask = async () => ({
    token: await workers.ask(1, "token", { url, renewing: "yes" }),
    renewed: await workers.ask(0, "renewed", {}),
  });
  const { token, renewed } = await until(ask, ({ token, renewed }) => renewed.includes(token));
  return {
    name: "a token that is used is renewed by the vault, and sessions find the new one",
    ok: renewed.includes(token),
    error: JSON.stringify({ token, renewed }),
  };
}

/** @param {Env} env @param {Workers} workers @param {() => Promise<Workers>} restart */
async function restarted(env, workers, restart) {
  const url = `${env.keystone}/v3`;
  const first = await workers.ask(0, "token", { url });
  const before = await logins(env.control);
  const again = await (await restart()).ask(1, "token", { url });
  const after = await logins(env.control);
  return {
    name: "a token outlives the object",
    ok: first === again && before === after,
    error: JSON.stringify({ first, again, before, after }),
  };
}

/**
 * Asks until the expected answer comes, for half a minute.
 * @template T
 * @param {() => Promise<T>} ask @param {(answer: T) => boolean} good
 */
async function until(ask, good) {
  let answer = await ask();
  for (let i = 0; i < 300 && !good(answer); i++) {
    await sleep(100);
    answer = await ask();
  }
  return answer;
}

/** @param {string} control @returns {Promise<number>} */
async function logins(control) {
  /** @type {string[]} */
  const lines = await (await fetch(`${control}/requests`)).json();
  return lines.filter((line) => line === "POST keystone /v3/auth/tokens").length;
}

/** @param {Env} env @param {string} script @param {string} folder */
async function startWorkers({ accounts, shortLived = "" }, script, folder) {
  const [first = ""] = names;
  const { name, password } = accounts.demo;
  /** @param {string} className */
  const object = (className) => ({ className, scriptName: first, useSQLite: true });
  const miniflare = new Miniflare({
    durableObjectsPersist: join(folder, "objects"),
    workers: names.map((worker) => ({
      name: worker,
      modules: true,
      script,
      compatibilityDate: "2026-07-01",
      durableObjects: { VAULT: object("Vault"), RENEWING: object("Renewing") },
      bindings: {
        ACCOUNT: { name, password },
        KEY: Buffer.alloc(32, 7).toString("base64"),
        SHORT_LIVED: `${shortLived}/v3`,
      },
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
  });
  await miniflare.ready;
  const urls = await Promise.all(names.map((worker) => miniflare.unsafeGetDirectURL(worker)));
  return {
    /**
     * @param {number} worker by number
     * @param {string} what
     * @param {Record<string, string | number>} query
     * @param {AbortSignal} [signal]
     */
    async ask(worker, what, query, signal = AbortSignal.timeout(60_000)) {
      const url = new URL(`/${what}`, urls[worker % urls.length]);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, `${value}`);
      const answer = await fetch(url, { signal });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      return JSON.parse(text).result;
    },
    stop: () => miniflare.dispose(),
  };
}
