import { type Auth, readMethods } from "../auth/auth-request.ts";
import type { AuthMethod } from "../auth/method.ts";
import { expect } from "../expect.ts";
import { unlessAborted } from "../unless-aborted.ts";

/** Called at each login: a prompt, a vault, a refreshed access token. */
export type AuthProvider = () => Auth | Promise<Auth>;

/** A provider, often a person, who is never asked twice at the same time. */
export interface Provider {
  /** Asks; after a `makeWay()`, waits for the answer to what was asked before. */
  readonly ask: (signal?: AbortSignal) => Promise<readonly AuthMethod[]>;
  /** Ends the waiting, so that another login, or a logout, has its turn. */
  readonly makeWay: () => void;
}

/** Why a login stopped waiting for its provider: another login, or a logout, had to have its turn. */
class MadeWay extends Error {}

export function createProvider(provider: AuthProvider): Provider {
  /** What was asked for, and has not been taken yet. Only one login of a session's family asks at a time. */
  let answer: Promise<readonly AuthMethod[]> | undefined;
  let waiting = new AbortController();

  async function askNow(): Promise<readonly AuthMethod[]> {
    const methods = readMethods(await provider());
    expect(methods.length > 0, "auth", "a function that returns at least one method");
    return methods;
  }

  return {
    ask: async (signal) => {
      answer ??= askNow();
      let isOver = true;
      try {
        return await unlessAborted(unlessAborted(answer, signal), waiting.signal);
      } catch (error) {
        isOver = !(error instanceof MadeWay);
        throw error;
      } finally {
        // A prompt that was closed may never answer: whoever gives up on it leaves nothing behind.
        if (isOver) answer = undefined;
      }
    },
    makeWay: () => {
      waiting.abort(new MadeWay());
      waiting = new AbortController();
    },
  };
}

/** Does it again where it only waited for a person, and had to make way. */
export async function unlessInTheWay<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MadeWay)) throw error;
    }
  }
}
