import {
  EndpointNotFoundError,
  InvalidTokenError,
  isKeystoneError,
  UnauthorizedError,
} from "../errors.ts";
import type { Connection } from "../transport/connection.ts";
import { askAboutToken } from "../transport/subject-token.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { Member } from "./family.ts";
import type { Tokens } from "./tokens.ts";

/**
 * Forgets a session's token, then revokes it: forgetting must not fail with the server.
 *
 * @param rescoped whether the sessions rescoped from it end too
 */
export async function revoke(
  connection: Connection,
  { tokens, family }: Member,
  rescoped: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const members = rescoped ? family.members() : [];
  const own = revokeOne(connection, tokens, rescoped, signal);
  if (members.length === 0) return own;
  // Each in its own queue, which waits for a login in progress and may need the parent's.
  const others = members.map((member) => revokeOne(connection, member.tokens, true));
  return unlessAborted(firstFailure([own, ...others]), signal);
}

/** Waits for all; if some fail, it fails with the first error. */
async function firstFailure(works: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

function revokeOne(
  connection: Connection,
  tokens: Tokens,
  cascade: boolean,
  signal?: AbortSignal,
): Promise<void> {
  tokens.makeWay();
  return tokens.inTurn(async () => {
    const id = await tokens.forget();
    if (id === undefined) return;
    try {
      await revokeAtServer(connection, id, cascade);
    } catch (error) {
      if (isKeystoneError(error)) tokens.signOut(error);
      throw error;
    }
  }, signal);
}

/**
 * Revokes a token at the server, by itself. If it is dead already, that is fine.
 *
 * @param cascade whether the tokens rescoped from it end too; releases before 2026.2 don't know it
 */
async function revokeAtServer(
  { client, identityUrl }: Connection,
  id: string,
  cascade: boolean,
): Promise<void> {
  const query = cascade ? "" : "?cascade=false";
  try {
    const about = { url: `${await identityUrl()}/auth/tokens${query}`, id };
    await askAboutToken(client, "delete", about, { headers: { "X-Auth-Token": id } });
  } catch (error) {
    if (error instanceof UnauthorizedError || error instanceof InvalidTokenError) return;
    // A server with only v2.0 can't revoke: there the token is just forgotten.
    if (error instanceof EndpointNotFoundError) return;
    throw error;
  }
}
