export type { TokenStore } from "../session/token-store.ts";
export {
  type CacheStoreOptions,
  cacheStore,
  type WebCache,
  type WebCaches,
} from "./cache-store.ts";
export { type DenoKv, type DenoKvAtomic, type DenoKvKey, denoKvStore } from "./deno-kv-store.ts";
export { durableStore, type VaultNamespace, type VaultStub } from "./durable-store.ts";
export { type EncryptionKey, encrypted } from "./encrypted.ts";
export { type KvNamespace, kvStore } from "./kv-store.ts";
export { memoryStore } from "./memory-store.ts";
export { TokenVault, type VaultState, type VaultStorage } from "./token-vault.ts";
export { type WebStorage, webStore } from "./web-store.ts";
