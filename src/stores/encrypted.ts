import { attempt } from "../attempt.ts";
import { expect } from "../expect.ts";
import type { TokenStore } from "../session/token-store.ts";

/**
 * A key for AES-GCM: a `CryptoKey`, 16 or 32 bytes, or those in base64, as
 * `openssl rand -base64 32` prints them.
 */
export type EncryptionKey = CryptoKey | Uint8Array | string;

/**
 * Encrypts what another store keeps (AES-GCM, a new nonce for each value). A value that none of the
 * keys decrypts cannot be read: `get` throws, and the session goes on as if the store had failed. So a
 * value that another program encrypted with another key is not mistaken for a revoked token. The same
 * goes for a value that was changed, moved to another key of the store, or never encrypted.
 *
 * The store's keys stay readable: the server's address, the user's name or id, the scope.
 *
 * @param key one, or several for rotation: the first encrypts, each of them decrypts
 * @throws {OptionsError} when a key is not one for AES-GCM, when a `CryptoKey` lacks a usage
 * ("decrypt", and "encrypt" for the first), or in a page without https, which has no WebCrypto.
 * @example
 * const store = encrypted(kvStore(env.TOKENS), [env.NEW_KEY, env.OLD_KEY]);
 * const session = createSession({ authUrl, auth, store });
 */
export function encrypted(
  store: TokenStore,
  key: EncryptionKey | readonly [EncryptionKey, ...EncryptionKey[]],
): TokenStore {
  expect(globalThis.crypto?.subtle, "encrypted", "WebCrypto, which pages have only over https");
  expect(typeof store?.get === "function", "store", "a TokenStore");
  const [first, ...others] = [key].flat();
  const newest = readKey(first, ["encrypt", "decrypt"]);
  const older = others.map((other) => readKey(other, ["decrypt"]));

  async function decrypt(sealed: string, name: string): Promise<string> {
    for (const importKey of [newest, ...older]) {
      const key = await importKey();
      try {
        return await open(sealed, name, key);
      } catch {
        // Encrypted with another key, damaged, or not encrypted at all.
      }
    }
    throw new Error("encrypted: none of the keys decrypts the stored value");
  }

  return {
    async get(name) {
      const sealed = await store.get(name);
      return sealed ? decrypt(sealed, name) : null;
    },
    set: async (name, value, life) =>
      store.set(name, await seal(value, name, await newest()), life),
    delete: (name) => store.delete(name),
    ...(store.lock && { lock: store.lock.bind(store) }),
    ...(store.watch && { watch: store.watch.bind(store) }),
  };
}

const description = "a CryptoKey for AES-GCM, or 16 or 32 bytes, as they are or in base64";

/**
 * Checks a key at once, and imports it when it is used: in a Worker, a promise that is kept would
 * belong to a single request.
 */
function readKey(
  key: EncryptionKey | undefined,
  usages: readonly KeyUsage[],
): () => Promise<CryptoKey> | CryptoKey {
  const bytes = typeof key === "string" ? fromBase64(key) : key;
  if (bytes instanceof Uint8Array) {
    expect([16, 32].includes(bytes.length), "key", description);
    const own = new Uint8Array(bytes);
    return () => crypto.subtle.importKey("raw", own, "AES-GCM", false, usages);
  }
  expect(bytes?.algorithm?.name === "AES-GCM", "key", description);
  for (const usage of usages) {
    const allowed = bytes.usages?.includes(usage);
    expect(allowed, "key", `a CryptoKey whose usages include "${usage}"`);
  }
  return () => bytes;
}

/** Base64 of the nonce and the ciphertext. */
async function seal(value: string, name: string, key: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const sealed = await crypto.subtle.encrypt(parameters(iv, name), key, encode(value));
  return toBase64(iv) + toBase64(new Uint8Array(sealed));
}

/** @throws when the value was not sealed with this key, under this name. */
async function open(sealed: string, name: string, key: CryptoKey): Promise<string> {
  const bytes = fromBase64(sealed) ?? new Uint8Array();
  const iv = bytes.slice(0, nonceLength);
  const data = bytes.slice(nonceLength);
  return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(iv, name), key, data));
}

/** 96 bits, which is what AES-GCM is made for; 16 characters of base64, without padding. */
const nonceLength = 12;

/** The name is authenticated, too: under another name the value can't be decrypted. */
const parameters = (iv: BufferSource, name: string): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: encode(name),
});

const encode = (text: string) => new TextEncoder().encode(text);

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Undefined when the text isn't base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return attempt(() => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}
