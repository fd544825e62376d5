import type { KyResponse } from "ky";
import { NotFoundError, UnauthorizedError } from "../errors.ts";
import { expectText } from "../expect.ts";
import { parseToken, type Token } from "../token.ts";
import type { Session } from "./session.ts";

/** Options of `validateToken()` and `checkToken()`. */
export interface ValidateOptions {
  /** Take a token too that ended not long ago (two days by default). */
  readonly allowExpired?: boolean | undefined;
}

/**
 * Asks Keystone what a token is. Everybody may ask of a token of their own, others need a role.
 *
 * @throws {UnauthorizedError} if the token is expired, revoked or never was one.
 * @see https://docs.openstack.org/api-ref/identity/v3/#validate-and-show-information-for-token
 * @example
 * const { user } = await validateToken(session, id);
 */
export async function validateToken(
  session: Session,
  subjectId: string,
  options?: ValidateOptions,
): Promise<Token> {
  return parseToken(subjectId, await (await call(session, "get", subjectId, options)).json());
}

/**
 * Whether a token is good.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#check-token
 */
export async function checkToken(
  session: Session,
  subjectId: string,
  options?: ValidateOptions,
): Promise<boolean> {
  // GET, since Keystone's CORS lets no page send a HEAD.
  return call(session, "get", subjectId, options, "nocatalog").then(() => true, isDead);
}

/**
 * Revokes any token. One that is no good any more counts as revoked.
 *
 * @throws {ForbiddenError} for another user's token without the role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#revoke-token
 */
export async function revokeToken(session: Session, subjectId: string): Promise<void> {
  await call(session, "delete", subjectId).catch(isDead);
}

async function call(
  session: Session,
  method: "get" | "delete",
  subjectId: string,
  { allowExpired }: ValidateOptions = {},
  flags = "",
): Promise<KyResponse> {
  expectText(subjectId, "subjectId");
  const keystone = await session.service("identity");
  try {
    return await keystone[method]("auth/tokens", {
      headers: { "X-Subject-Token": subjectId },
      searchParams: flags + (allowExpired ? "&allow_expired=1" : ""),
    });
  } catch (error) {
    // 404 is what Keystone says of a dead token; "not found" would send people the wrong way.
    throw error instanceof NotFoundError ? new UnauthorizedError(error.message, error) : error;
  }
}

/** False if the failure is about the token that was asked about, not about who asked. */
function isDead(error: unknown): false {
  if (error instanceof UnauthorizedError && error.status === 404) return false;
  throw error;
}
