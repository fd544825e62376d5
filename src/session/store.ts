import type { AuthMethod } from "../auth/method.ts";
import { type Scope, scopeRequest } from "../scope.ts";
import { isTokenId, parseToken, type Token } from "../token.ts";

/**
 * Where tokens outlive a page or are shared: strings under string keys, at once or by promise.
 * `keystone-fetch/stores` has one for each place there is.
 *
 * @example
 * const store = { get: (k) => map.get(k), set: (k, v) => map.set(k, v), delete: (k) => map.delete(k) };
 */
export interface TokenStore {
  get(key: string): MaybePromise<string | null | undefined>;
  /** `life`: milliseconds after which the value is of no use any more. */
  set(key: string, value: string, life: number): MaybePromise<unknown>;
  delete(key: string): MaybePromise<unknown>;
  /** Runs `work` while nobody else who shares the store runs theirs under this key. */
  lock?<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Calls back when somebody else who shares the store changed this key; gives back how to stop. */
  watch?(key: string, changed: () => void): () => void;
}

type MaybePromise<T> = T | Promise<T>;

/** A token and the document it was read from. */
export interface Grant {
  readonly token: Token;
  readonly document: unknown;
}

/** The same with the time it came, in milliseconds of the local clock. */
export interface Held extends Grant {
  readonly receivedAt: number;
}

/**
 * The key of a session's token: one server, one identity, one scope. Empty for a session that knows
 * its identity by a secret alone (a token): it must not be stored under what others share.
 */
export function storeKey(
  authUrl: string,
  auth: readonly AuthMethod[],
  scope: Scope | undefined,
): string {
  if (auth.some(({ identity }) => !identity)) return "";
  return `keystone-fetch:${JSON.stringify([authUrl, auth, scope && scopeRequest(scope)])}`;
}

export function serialize({ token: { id }, receivedAt, document }: Held, key: string): string {
  return JSON.stringify({ version: 1, key, id, receivedAt, document });
}

/** Reads a stored value; undefined for one that is damaged or was not stored under this key. */
export function deserialize(value: unknown, expected: string): Held | undefined {
  try {
    const { version, key, id, receivedAt, document } = JSON.parse(String(value));
    return version === 1 && key === expected && Number.isFinite(receivedAt) && isTokenId(id)
      ? { token: parseToken(id, document), receivedAt, document }
      : undefined;
  } catch {
    return undefined;
  }
}

/** When a held token counts as spent, in milliseconds of the local clock. */
export function spentAt({ token, receivedAt }: Held, margin: number): number {
  // By its length, not by its end: the local clock may be wrong.
  const life = +token.expiresAt - +token.issuedAt;
  return receivedAt + life - Math.min(margin * 1000, life / 10);
}
