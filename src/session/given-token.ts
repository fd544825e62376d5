import { copyOf, InvalidTokenError, OptionsError, UnauthorizedError } from "../errors.ts";
import type { Scope } from "../scope.ts";
import { asToken, parseToken, type Token } from "../token.ts";
import type { Connection } from "../transport/connection.ts";
import { askAboutToken } from "../transport/subject-token.ts";
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
  const about = { url: `${await identityUrl(signal)}/auth/tokens`, id };
  const options = { headers: { "X-Auth-Token": id }, signal: signal ?? null };
  try {
    const { document, response } = await askAboutToken(client, "get", about, options);
    const token = parseToken(id, document);
    // A page can read the server's time only where CORS exposes it.
    const date = response.headers.get("Date");
    const life = date === null ? timeLeft(token, now()) : lifeOf(token, date);
    return { token, document, receivedAt: now(), life };
  } catch (error) {
    if (!(error instanceof UnauthorizedError || error instanceof InvalidTokenError)) throw error;
    const words = `The token that the session was given is not valid: ${error.message}`;
    throw copyOf(error, words, InvalidTokenError);
  }
}

/** Without a reply there is no server's clock, so the local one decides when it expires. */
function hold(given: Token, now: () => number): HeldToken {
  const token = asToken(given);
  return { token, document: undefined, receivedAt: now(), life: timeLeft(token, now()) };
}

/** Milliseconds until a token expires; its whole life if the local clock lies outside it. */
function timeLeft({ issuedAt, expiresAt }: Token, now: number): number {
  const length = expiresAt.getTime() - issuedAt.getTime();
  const left = expiresAt.getTime() - now;
  return left > 0 && left <= length ? left : length;
}
