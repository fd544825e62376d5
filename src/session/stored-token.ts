import type { AuthMethod } from "../auth/method.ts";
import { isRecord } from "../is-record.ts";
import { type Scope, scopeRequest } from "../scope.ts";
import { isTokenId, parseToken, type Token } from "../token.ts";

/** A token in hand: with the document it was read from, and when it came. */
export interface HeldToken {
  readonly token: Token;
  readonly document: unknown;
  /** When it was received, in milliseconds of the local clock. */
  readonly receivedAt: number;
  /** How long it lived from then on, in milliseconds. */
  readonly life: number;
}

/**
 * The key of a session's token in a store: one server, one identity, one scope. Undefined for a session
 * that only a secret identifies: its token must not be stored under a key that others share.
 */
export function storeKey(
  authUrl: string,
  methods: readonly AuthMethod[],
  scope: Scope | undefined,
): string | undefined {
  if (methods.some(({ identity }) => !identity)) return undefined;
  const identities = methods.map(({ name, identity }) => ({ name, identity }));
  const parts = [authUrl, identities, scope && scopeRequest(scope)];
  return `keystone-fetch:${JSON.stringify(parts)}`;
}

const version = 2;

export function serialize({ token, document, receivedAt, life }: HeldToken, key: string): string {
  return JSON.stringify({ version, key, id: token.id, receivedAt, life, document });
}

/**
 * Reads a stored value; undefined for one that is damaged or was not stored under this key.
 *
 * @param now the local clock: a token can't have been received after it
 */
export function deserialize(value: unknown, expected: string, now: number): HeldToken | undefined {
  try {
    const stored: unknown = JSON.parse(String(value));
    if (!isRecord(stored) || stored.version !== version || stored.key !== expected)
      return undefined;
    const { id, receivedAt, life, document } = stored;
    if (!isTokenId(id) || !isTime(receivedAt) || !isTime(life)) return undefined;
    const token = parseToken(id, document);
    return {
      token,
      document,
      receivedAt: Math.min(receivedAt, now),
      life: Math.min(life, lengthOf(token)),
    };
  } catch {
    return undefined;
  }
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/** The length of a token's life, in milliseconds: right however wrong the local clock is. */
function lengthOf({ issuedAt, expiresAt }: Token): number {
  return expiresAt.getTime() - issuedAt.getTime();
}

/**
 * How long a token lives from its receipt on, in milliseconds: until it expires by the server's clock,
 * if the reply's `Date` can be read. Some servers issue the same token again.
 */
export function lifeOf(token: Token, date: string | null): number {
  const served = Date.parse(date ?? "");
  const left = token.expiresAt.getTime() - served;
  const length = lengthOf(token);
  // A date outside the token's life is another clock's; one of whole seconds is off by up to two.
  return left > 0 && left < length - 2000 ? left : length;
}

/** When a token counts as expired, in whole milliseconds of the local clock, as a Date has them. */
export function endOf({ token, receivedAt, life }: HeldToken, marginSeconds: number): number {
  return Math.floor(receivedAt + life - Math.min(marginSeconds * 1000, lengthOf(token) / 10));
}
