import { expect } from "../expect.ts";
import type { TokenStore } from "../session/store.ts";
import { digest } from "./digest.ts";

/** What is needed of a Workers KV namespace. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/**
 * Keeps tokens in Cloudflare Workers KV, for all isolates of a Worker. Other data centers may see a
 * change only after a minute. Whoever may read the namespace reads the tokens: see `encrypted`.
 *
 * @throws {OptionsError} without a namespace, as where the binding is missing.
 * @example
 * const session = createSession({ authUrl, auth, store: kvStore(env.TOKENS) });
 */
export function kvStore(namespace: KvNamespace): TokenStore {
  expect(typeof namespace?.put === "function", "namespace", "a KV namespace (is it bound?)");
  return {
    get: async (key) => namespace.get(await nameOf(key)),
    set: async (key, value, life) =>
      // It takes no less than a minute; the session looks at the token's own end.
      namespace.put(await nameOf(key), value, {
        expirationTtl: Math.max(60, Math.ceil(life / 1000)),
      }),
    delete: async (key) => namespace.delete(await nameOf(key)),
  };
}

/** KV takes keys of at most 512 bytes. */
const nameOf = async (key: string) => `keystone-fetch:${await digest(key)}`;
