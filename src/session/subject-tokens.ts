import { InvalidTokenError } from "../errors.ts";
import { expect, expectSession, readSignal } from "../expect.ts";
import { isTokenId, parseToken, type Token } from "../token.ts";
import { askAboutToken } from "../transport/subject-token.ts";
import type { CallOptions, Session } from "./contract.ts";

/** Options of `validateToken()` and `checkToken()`. */
export interface ValidateOptions extends CallOptions {
  /** Accept also a token that expired recently (within two days, by default). */
  readonly allowExpired?: boolean | undefined;
  /**
   * Accept also a token of an application credential with access rules: by this, the caller declares
   * that it enforces the rules. It takes a header that Keystone's default CORS settings refuse to
   * pages.
   */
  readonly accessRules?: boolean | undefined;
}

/**
 * Asks Keystone about a token. Everybody may ask about their own tokens; for other users' it takes a
 * role.
 *
 * @throws {InvalidTokenError} if the token has expired, was revoked, or is not a token at all.
 * @throws {ForbiddenError} for another user's token without the role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#validate-and-show-information-for-token
 * @example
 * const { user } = await validateToken(session, id);
 */
export async function validateToken(
  session: Session,
  subjectId: string,
  options?: ValidateOptions,
): Promise<Token> {
  return parseToken(subjectId, await ask(session, "get", subjectId, options, names));
}

/**
 * Asks Keystone whether a token is valid.
 *
 * @throws {ForbiddenError} for another user's token without the role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#check-token
 * @example
 * if (!(await checkToken(session, id))) console.log("expired, revoked or never a token");
 */
export async function checkToken(
  session: Session,
  subjectId: string,
  options?: ValidateOptions,
): Promise<boolean> {
  // GET, since Keystone's CORS lets no page send a HEAD.
  return isGood(ask(session, "get", subjectId, options, names, { nocatalog: "" }));
}

/**
 * Revokes any token. One that is no longer valid counts as revoked.
 *
 * @throws {ForbiddenError} for another user's token without the role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#revoke-token
 * @example
 * await revokeToken(session, id);
 */
export async function revokeToken(
  session: Session,
  subjectId: string,
  options?: CallOptions,
): Promise<void> {
  await isGood(ask(session, "delete", subjectId, options, ["signal"]));
}

const names: readonly (keyof ValidateOptions)[] = ["signal", "allowExpired", "accessRules"];

async function ask(
  session: Session,
  method: "get" | "delete",
  subjectId: string,
  options: ValidateOptions | undefined,
  names: readonly string[],
  flags: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  expectSession(session);
  const signal = readSignal(options, names);
  const { allowExpired, accessRules } = options ?? {};
  expect(isTokenId(subjectId), "subjectId", "the id of a token");
  const keystone = await session.service("identity", { signal });
  const about = { url: "auth/tokens", id: subjectId };
  const { document } = await askAboutToken(keystone, method, about, {
    signal: signal ?? null,
    headers: accessRules ? { "OpenStack-Identity-Access-Rules": "1.0" } : {},
    searchParams: { ...flags, ...(allowExpired && { allow_expired: "1" }) },
  });
  return document;
}

/** False if the failure concerns the token that was asked about, not the caller's own. */
async function isGood(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (error instanceof InvalidTokenError) return false;
    throw error;
  }
}
