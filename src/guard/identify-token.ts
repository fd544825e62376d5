import { InvalidTokenError, isKeystoneError } from "../errors.ts";
import type { Session } from "../session/contract.ts";
import { createSingleFlight, type SingleFlight } from "../single-flight.ts";
import { digest } from "../stores/digest.ts";
import { isTokenId, parseToken, type Token } from "../token.ts";
import { askKeystone, type Validation } from "./ask-keystone.ts";
import { createBoundedMap } from "./bounded-map.ts";
import type { ValidationCache } from "./validation-cache.ts";

/** Finds out whose token it is. */
export type IdentifyToken = (id: string, how: IdentifyTokenOptions) => Promise<Token>;

interface IdentifyTokenOptions {
  readonly allowExpired: boolean;
  readonly signal: AbortSignal | undefined;
}

interface PendingQuestion {
  readonly flight: SingleFlight<Validation>;
  readonly begunAt: number;
}

/**
 * Milliseconds after which no caller joins a pending question: in a Worker, it never settles if the
 * request that started it was cancelled.
 */
const patience = 15_000;

interface Settings {
  readonly accessRules: boolean;
  /** How many pending questions are kept, so that others can join them. */
  readonly limit: number;
  readonly now: () => number;
}

/**
 * Asks Keystone once about a token, however many callers present it at the same time, and not again
 * while the answer counts.
 */
export function createIdentifyToken(
  session: Session,
  cache: ValidationCache,
  { accessRules, limit, now }: Settings,
): IdentifyToken {
  const questions = createBoundedMap<PendingQuestion>(limit);

  async function ask(id: string, hash: string, allowExpired: boolean, signal: AbortSignal) {
    const shared = await cache.load(hash, allowExpired);
    if (shared) return shared;
    try {
      const validation = await askKeystone(session, id, { allowExpired, accessRules, signal }, now);
      await cache.keep(hash, id, validation);
      return validation;
    } catch (error) {
      if (isKeystoneError(error) && error.code === "InvalidToken") {
        cache.keepRefusal(hash, allowExpired, error);
      }
      throw error;
    }
  }

  function questionAbout(id: string, hash: string, allowExpired: boolean): PendingQuestion {
    const key = `${hash}/${allowExpired}`;
    const current = questions.get(key);
    if (current && now() - current.begunAt < patience) return current;
    const flight = createSingleFlight(async (signal) => {
      try {
        return await ask(id, hash, allowExpired, signal);
      } finally {
        if (questions.get(key) === question) questions.delete(key);
      }
    });
    const question = { flight, begunAt: now() };
    questions.set(key, question);
    return question;
  }

  return async (id, { allowExpired, signal }) => {
    if (!isTokenId(id)) throw new InvalidTokenError("The token is malformed");
    const hash = await digest(id);
    const known = cache.recall(hash, allowExpired);
    if (known) return parseToken(id, known.document);
    cache.throwIfRefused(hash, allowExpired);
    const { document } = await questionAbout(id, hash, allowExpired).flight.join(signal);
    return parseToken(id, document);
  };
}
