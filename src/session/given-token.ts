import {
  again,
  InvalidTokenError,
  NotFoundError,
  OptionsError,
  UnauthorizedError,
} from "../errors.ts";
import type { Scope } from "../scope.ts";
import { parseToken, type Token } from "../token.ts";
import type { Connection } from "../transport/connection.ts";
import { isScope } from "./is-scope.ts";
import type { LoginOptions } from "./login.ts";
import { type HeldToken, lifeOf } from "./stored-token.ts";

/** An existing token, to be used as it is. */
export interface GivenToken {
  readonly id: string;
  /** Makes it the session's: an id is read once, a Token was read before. */
  readonly read: (options: LoginOptions) => Promise<HeldToken>;
}

export function givenToken(
  connection: Connection,
  given: string | Token,
  scope: Scope | undefined,
  now: () => number,
): GivenToken {
  const id = typeof given === "string" ? given : given.id;
  const read = async (options: LoginOptions) => {
    const held =
      typeof given === "string" ? await ask(connection, given, now, options) : hold(given, now);
    if (scope !== undefined && !isScope(held.token.scope, scope)) {
      throw new OptionsError(
        "token: expected a token of the session's scope. To exchange one, use auth: token(id)",
      );
    }
    return held;
  };
  return { id, read };
}

async function ask(
  { client, identityUrl }: Connection,
  id: string,
  now: () => number,
  { signal }: LoginOptions,
): Promise<HeldToken> {
  const headers = { "X-Auth-Token": id, "X-Subject-Token": id };
  const url = await identityUrl(signal);
  try {
    const reply = client.get(`${url}/auth/tokens`, { headers, signal: signal ?? null });
    // The reply's own json() has no deadline.
    const document: unknown = await reply.json();
    const response = await reply;
    const token = parseToken(id, document);
    const life = lifeOf(token, response.headers.get("Date"));
    return { token, document, receivedAt: now(), life: Math.min(life, timeLeft(token, now())) };
  } catch (error) {
    if (!(error instanceof UnauthorizedError || error instanceof NotFoundError)) throw error;
    const words = `The token that the session was given is not valid: ${error.message}`;
    throw again(error, words, InvalidTokenError);
  }
}

/** Without a reply there is no server's clock, so the local one decides when it expires. */
function hold(token: Token, now: () => number): HeldToken {
  return { token, document: undefined, receivedAt: now(), life: timeLeft(token, now()) };
}

/** Milliseconds until a token expires; its whole life if the local clock lies outside it. */
function timeLeft({ issuedAt, expiresAt }: Token, now: number): number {
  const length = expiresAt.getTime() - issuedAt.getTime();
  const left = expiresAt.getTime() - now;
  return left > 0 && left <= length ? left : length;
}
