import { attempt } from "../attempt.ts";
import { copyOf, type InvalidTokenError } from "../errors.ts";
import { isRecord } from "../is-record.ts";
import type { TokenStore } from "../session/token-store.ts";
import { parseToken } from "../token.ts";
import { within } from "../within.ts";
import type { Validation } from "./ask-keystone.ts";
import { createBoundedMap } from "./bounded-map.ts";

/** Keystone's recent answers, by the digest of the token. */
export interface ValidationCache {
  /** From memory. */
  readonly recall: (digest: string, allowExpired: boolean) => Validation | undefined;
  /** From the shared store, which may fail or hang. */
  readonly load: (digest: string, allowExpired: boolean) => Promise<Validation | undefined>;
  /** Keeps it in both. */
  readonly keep: (digest: string, id: string, validation: Validation) => Promise<void>;
  /** @throws {InvalidTokenError} if the token was refused recently. */
  readonly throwIfRefused: (digest: string, allowExpired: boolean) => void;
  readonly keepRefusal: (digest: string, allowExpired: boolean, error: InvalidTokenError) => void;
}

export interface ValidationCacheOptions {
  readonly store: TokenStore | undefined;
  /** The prefix of the keys in the store: it tells one Keystone from another. */
  readonly prefix: string;
  /** Milliseconds for which an answer counts. */
  readonly ttl: number;
  /** How many tokens are kept in memory. */
  readonly limit: number;
  readonly now: () => number;
}

/**
 * Milliseconds for which a refusal counts at most: a new token may reach one of several Keystones
 * later.
 */
const refusalTtl = 10_000;

/** Milliseconds that the store may take before the guard goes on without it. */
const patience = 2000;

const version = 1;

export function createValidationCache(options: ValidationCacheOptions): ValidationCache {
  const { store, prefix, ttl, limit, now } = options;
  const validations = createBoundedMap<Validation>(limit);
  // Kept apart, so that made-up tokens, however many, don't push out valid ones.
  const refusals = createBoundedMap<{ error: InvalidTokenError; checkedAt: number }>(limit);
  const refusalKey = (digest: string, allowExpired: boolean) => `${digest}/${allowExpired}`;

  /**
   * Also false if the clock was set back, or another machine's is ahead: then there is no way to tell.
   */
  function isWithin(checkedAt: number, life: number): boolean {
    const age = now() - checkedAt;
    return age >= 0 && age < life;
  }

  function usable(found: Validation | undefined, allowExpired: boolean): Validation | undefined {
    if (!found || !isWithin(found.checkedAt, ttl)) return undefined;
    return allowExpired || isWithin(found.checkedAt, found.life) ? found : undefined;
  }

  return {
    recall: (digest, allowExpired) => usable(validations.get(digest), allowExpired),
    load: async (digest, allowExpired) => {
      if (!store || ttl === 0) return undefined;
      const key = prefix + digest;
      const value = await within(patience, () => store.get(key));
      const found = usable(deserialize(value, key), allowExpired);
      if (found) validations.set(digest, found);
      return found;
    },
    keep: async (digest, id, validation) => {
      if (ttl === 0) return;
      validations.set(digest, validation);
      const key = prefix + digest;
      const value = JSON.stringify({ version, key, ...validation });
      // Some servers repeat the token's id in its document: others must not read that.
      if (store && !value.includes(id)) await within(patience, () => store.set(key, value, ttl));
    },
    throwIfRefused: (digest, allowExpired) => {
      const found = refusals.get(refusalKey(digest, allowExpired));
      if (found && isWithin(found.checkedAt, Math.min(ttl, refusalTtl))) throw copyOf(found.error);
    },
    keepRefusal: (digest, allowExpired, error) => {
      if (ttl > 0) refusals.set(refusalKey(digest, allowExpired), { error, checkedAt: now() });
    },
  };
}

/** Undefined for a value that is damaged or was not stored under this key. */
function deserialize(value: unknown, expected: string): Validation | undefined {
  if (typeof value !== "string") return undefined;
  const stored: unknown = attempt(() => JSON.parse(value));
  if (!isRecord(stored) || stored.version !== version || stored.key !== expected) return undefined;
  const { document, checkedAt, life } = stored;
  if (typeof checkedAt !== "number" || typeof life !== "number") return undefined;
  if (!attempt(() => parseToken("", document))) return undefined;
  return { document, checkedAt, life };
}
