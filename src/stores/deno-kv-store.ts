import { expect } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";
import { digest } from "./digest.ts";
import { webLock } from "./web-lock.ts";

/** What is needed of a `Deno.Kv`. */
export interface DenoKv {
  list(selector: { prefix: DenoKvKey }): AsyncIterable<{ readonly value: unknown }>;
  atomic(): DenoKvAtomic;
}

/** What is needed of a `Deno.AtomicOperation`. */
export interface DenoKvAtomic {
  set(key: DenoKvKey, value: unknown, options: { expireIn: number }): DenoKvAtomic;
  delete(key: DenoKvKey): DenoKvAtomic;
  commit(): Promise<unknown>;
}

/** What a `Deno.KvKey` is made of here. */
export type DenoKvKey = readonly (string | number)[];

/**
 * Keeps tokens in Deno KV, for all processes or isolates that open the same database. A token may
 * have up to 780 kB, its catalog included.
 *
 * @throws {OptionsError} when there is no database.
 * @example
 * const session = createSession({ authUrl, auth, store: denoKvStore(await Deno.openKv()) });
 */
export function denoKvStore(kv: DenoKv): TokenStore {
  expect(typeof kv?.atomic === "function", "kv", "a Deno.Kv");

  /** Writes all parts at once, so that nobody reads half a value, and removes those of an older one. */
  async function write(key: string, parts: readonly Uint8Array[], life = 0): Promise<void> {
    const prefix = await prefixOf(key);
    let operation = kv.atomic();
    for (let i = 0; i < Math.max(parts.length, maxParts); i++) {
      operation =
        i < parts.length
          ? operation.set([...prefix, i], parts[i], { expireIn: Math.max(1, Math.ceil(life)) })
          : operation.delete([...prefix, i]);
    }
    await operation.commit();
  }

  return {
    async get(key) {
      const decoder = new TextDecoder();
      let text = "";
      for await (const { value } of kv.list({ prefix: await prefixOf(key) })) {
        text += decoder.decode(value as Uint8Array, { stream: true });
      }
      return text || null;
    },
    set(key, value, life) {
      const bytes = new TextEncoder().encode(value);
      const parts = Array.from({ length: Math.ceil(bytes.length / partSize) }, (_, i) =>
        bytes.slice(i * partSize, (i + 1) * partSize),
      );
      return write(key, parts, life);
    },
    delete: (key) => write(key, []),
    ...webLock("deno-kv"),
  };
}

// The limits of Deno KV: 64 KiB for a value, 800 KiB for an atomic operation.
const partSize = 60_000;
const maxParts = 13;

/** A key of Deno KV has at most 2 KiB. */
const prefixOf = async (key: string): Promise<DenoKvKey> => ["keystone-fetch", await digest(key)];
