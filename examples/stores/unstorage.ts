import { memoryStore, type TokenStore } from "keystone-fetch/stores";
import type { Storage } from "unstorage";

interface Entry {
  readonly value: string;
  /**
   * When the value becomes useless: some drivers, such as the one for files, don't delete by
   * themselves.
   */
  readonly end: number;
}

/** Keeps tokens wherever unstorage has a driver: Redis, Upstash, files … */
export function unstorageStore(storage: Storage): TokenStore {
  // If many sessions of this process need a token at once, one logs in.
  const { lock } = memoryStore();
  return {
    async get(key) {
      const entry = await storage.getItem<Entry>(await nameOf(key));
      return entry && entry.end > Date.now() ? entry.value : null;
    },
    async set(key, value, life) {
      const entry: Entry = { value, end: Date.now() + life };
      await storage.setItem(await nameOf(key), entry, { ttl: Math.ceil(life / 1000) });
    },
    async delete(key) {
      await storage.removeItem(await nameOf(key));
    },
    ...(lock && { lock }),
  };
}

/** unstorage cuts a key at its "?", and the name of a file has 255 letters at most. */
async function nameOf(key: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  const digits = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0"));
  return `keystone-fetch:${digits.join("")}`;
}
