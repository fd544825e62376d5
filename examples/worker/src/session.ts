import { createSession, type Session } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import {
  durableStore,
  encrypted,
  kvStore,
  memoryStore,
  type TokenStore,
} from "keystone-fetch/stores";
import type { Env } from "./env.ts";

/**
 * What this isolate already knows: it reads the shared store once a minute, and sees its own changes
 * at once.
 */
const nearby = memoryStore();
const minute = 60_000;

/**
 * A session for one request: what waits for the network must not outlive its request. Only strings are
 * shared, in memory and in the shared store.
 *
 * @throws {OptionsError} naming the binding that is missing or wrong.
 */
export function openSession(env: Env): Session {
  const [newest = "", ...older] = (env.TOKENS_KEY ?? "").split(",");
  const shared = env.VAULT ? durableStore(env.VAULT) : kvStore(env.TOKENS);
  const store = inFrontOf(encrypted(shared, [newest, ...older]));
  // Somebody is waiting for the answer: better none than a late one.
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
    ...lockOf(shared),
  };
}

/**
 * If many requests come at once, one logs in: of those to all isolates with a vault, otherwise of
 * those to this isolate.
 */
function lockOf({ lock }: TokenStore): Pick<TokenStore, "lock"> {
  if (!lock) return nearby.lock ? { lock: nearby.lock } : {};
  return {
    lock: (key, work) =>
      lock(key, async () => {
        // What this isolate knows is useless, or nobody would be waiting: another isolate may have
        // a new token.
        await nearby.delete(key);
        return work();
      }),
  };
}
