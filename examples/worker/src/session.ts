import { createSession, type Session } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { encrypted, kvStore, memoryStore, type TokenStore } from "keystone-fetch/stores";
import type { Env } from "./env.ts";

/** What this isolate knows already: KV is read once a minute, and its own changes are seen at once. */
const nearby = memoryStore();
const minute = 60_000;

/**
 * A session for one request: what waits for the network must not outlive its request. What is
 * shared are strings, in memory and in KV.
 *
 * @throws {OptionsError} naming the binding that is missing or wrong.
 */
export function openSession(env: Env): Session {
  const [newest = "", ...older] = (env.TOKENS_KEY ?? "").split(",");
  const store = inFrontOf(encrypted(kvStore(env.TOKENS), [newest, ...older]));
  // Somebody waits for the answer: better none than a late one.
  const retry = { limit: 1, maxRetryAfter: 1000 };
  return createSession({ ...fromEnv(env), store, timeout: 5000, retry });
}

function inFrontOf(shared: TokenStore): TokenStore {
  return {
    async get(key) {
      const known = await nearby.get(key);
      if (known) return known;
      const found = await shared.get(key);
      if (found) await nearby.set(key, found, minute);
      return found;
    },
    async set(key, value, life) {
      await nearby.set(key, value, Math.min(life, minute));
      await shared.set(key, value, life);
    },
    async delete(key) {
      await nearby.delete(key);
      await shared.delete(key);
    },
    // Of many requests at once to this isolate, one logs in.
    ...(nearby.lock && { lock: nearby.lock }),
  };
}
