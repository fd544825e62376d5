import type { KyResponse, ResponsePromise } from "ky";
import {
  copyOf,
  InvalidTokenError,
  isKeystoneError,
  type KeystoneError,
  ResponseError,
  UnauthorizedError,
} from "../errors.ts";
import { secretsOf } from "../secrets-of.ts";
import type { Session } from "../session/contract.ts";
import { parseToken } from "../token.ts";
import { requestIdOf } from "../transport/log-entry.ts";

/** A token that Keystone found to be good, without its id. */
export interface Validation {
  /** The body of GET /v3/auth/tokens. */
  readonly document: unknown;
  /** When Keystone was asked, in milliseconds of the local clock. */
  readonly checkedAt: number;
  /** How long the token lived from then on, in milliseconds; negative for one that had expired. */
  readonly life: number;
}

/** How Keystone is asked. */
export interface Question {
  /** Whether to accept a token that expired recently. */
  readonly allowExpired: boolean;
  /** Whether to accept a token whose application credential has access rules. */
  readonly accessRules: boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks Keystone about a caller's token. Whatever is wrong with the session's own token or credentials
 * is never reported as an InvalidTokenError: the caller is not to blame.
 *
 * @throws {InvalidTokenError} if the caller's token has expired, was revoked, or is not a token at
 * all.
 * @see https://docs.openstack.org/api-ref/identity/v3/#validate-and-show-information-for-token
 */
export async function askKeystone(
  session: Session,
  id: string,
  question: Question,
  now: () => number,
): Promise<Validation> {
  const checkedAt = now();
  const { response, reply, own } = await send(session, id, question);
  if (response.status === 404) {
    await response.body?.cancel();
    throw refusalOf(response, { "X-Auth-Token": own, "X-Subject-Token": id });
  }
  // The response's own json() has no deadline.
  const document: unknown = await reply.json();
  const { expiresAt } = parseToken(id, document);
  // By the server's clock, if the reply has the time.
  const served = Date.parse(response.headers.get("Date") ?? "") || checkedAt;
  return { document, checkedAt, life: expiresAt.getTime() - served };
}

/** Gets the session's own token first: a 404 after that is about the caller's. */
async function send(
  session: Session,
  id: string,
  { allowExpired, accessRules, signal }: Question,
): Promise<{ response: KyResponse; reply: ResponsePromise; own: string }> {
  try {
    const { id: own } = await session.token({ signal });
    const keystone = await session.service("identity", { signal });
    const reply = keystone.get("auth/tokens", {
      signal,
      headers: {
        "X-Subject-Token": id,
        ...(accessRules && { "OpenStack-Identity-Access-Rules": "1.0" }),
      },
      searchParams: allowExpired ? { allow_expired: "1" } : {},
      throwHttpErrors: (status) => status !== 404,
    });
    return { response: await reply, reply, own };
  } catch (error) {
    if (!isKeystoneError(error) || error.code !== "InvalidToken") throw error;
    throw copyOf(error, `The guard's own session: ${error.message}`, UnauthorizedError);
  }
}

/**
 * Keystone answers 404 to a dead token, in JSON. A web page comes from another server, and says
 * nothing about the token.
 *
 * @param tokens those that were sent: neither may be taken for the request's id
 */
function refusalOf(
  { status, headers }: Response,
  tokens: Readonly<Record<string, string>>,
): KeystoneError {
  const secrets = secretsOf(new Headers(tokens), "", undefined);
  const details = { status, requestId: requestIdOf(headers, secrets) };
  return headers.get("Content-Type")?.includes("json")
    ? new InvalidTokenError("The token has expired, was revoked, or never was one", details)
    : new ResponseError("GET /v3/auth/tokens: a 404 that is not Keystone's", details);
}
