import { expect } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";
import { digest } from "./digest.ts";

/** What is needed of a Workers KV namespace. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/**
 * Keeps tokens in Cloudflare Workers KV, for all isolates of a Worker. Other data centers may see a
 * change only after a minute, and until then log in on their own: see `durableStore` for one login
 * everywhere. Whoever can read the namespace can read the tokens: see `encrypted`.
 *
 * @throws {OptionsError} when there is no namespace, for instance because its binding is missing.
 * @example
 * const session = createSession({ authUrl, auth, store: kvStore(env.TOKENS) });
 */
export function kvStore(namespace: KvNamespace): TokenStore {
  expect(typeof namespace?.put === "function", "namespace", "a KV namespace (is it bound?)");
  return {
    get: async (key) => namespace.get(await nameOf(key)),
    set: async (key, value, life) =>
      // KV refuses less than a minute; the session checks when the token expires.
      namespace.put(await nameOf(key), value, {
        expirationTtl: Math.max(60, Math.ceil(life / 1000)),
      }),
    delete: async (key) => namespace.delete(await nameOf(key)),
  };
}

/** A key of KV has at most 512 bytes. */
const nameOf = async (key: string) => `keystone-fetch:${await digest(key)}`;
