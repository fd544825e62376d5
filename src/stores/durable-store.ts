import { expect } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";
import { digest } from "./digest.ts";

/** What is needed of a `DurableObjectNamespace`. */
export interface VaultNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): VaultStub;
}

/** What is needed of a `DurableObjectStub`. */
export interface VaultStub {
  fetch(
    url: string,
    init: { readonly method: string; readonly body?: string },
  ): Promise<{ readonly ok: boolean; readonly status: number; text(): Promise<string> }>;
}

/**
 * Keeps tokens in Cloudflare Durable Objects of the class `TokenVault`, one object for each token. All
 * isolates of a Worker, wherever they run, see a new token at once, and when many of them need one at
 * the same time, one logs in.
 *
 * An object stays where it was first used, so isolates far away wait longer for it; `kvStore` is read
 * nearby from everywhere. Whoever can read the objects' storage can read the tokens: see `encrypted`.
 *
 * @throws {OptionsError} when there is no namespace, for instance because its binding is missing.
 * @example
 * export { TokenVault } from "keystone-fetch/stores"; // bound as VAULT in wrangler.jsonc
 *
 * const session = createSession({ authUrl, auth, store: durableStore(env.VAULT) });
 */
export function durableStore(namespace: VaultNamespace): TokenStore {
  const bound = typeof namespace?.idFromName === "function";
  expect(bound, "namespace", "a Durable Object namespace (is it bound?)");

  async function ask(
    key: string,
    method: string,
    path: string,
    body?: string,
  ): Promise<string | null> {
    // A stub belongs to the request that made it.
    const vault = namespace.get(namespace.idFromName(await digest(key)));
    const init = body === undefined ? { method } : { method, body };
    const response = await vault.fetch(`https://token-vault.invalid/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`The TokenVault answered ${response.status}`);
    return response.status === 204 ? null : text;
  }

  return {
    get: (key) => ask(key, "GET", "token"),
    set: (key, value, life) => ask(key, "PUT", `token?life=${life}`, value),
    delete: (key) => ask(key, "DELETE", "token"),
    async lock(key, work) {
      const turn = `turn/${crypto.randomUUID()}`;
      await ask(key, "POST", turn);
      const signs = setInterval(() => {
        ask(key, "PUT", turn).catch(ignore);
      }, interval);
      try {
        return await work();
      } finally {
        clearInterval(signs);
        await ask(key, "DELETE", turn).catch(ignore);
      }
    },
  };
}

/** Milliseconds between two signs of life: a turn ends when the vault gets none for three seconds. */
const interval = 1000;

/** A turn that could not be extended, or ended, ends by itself. */
function ignore(): void {}
