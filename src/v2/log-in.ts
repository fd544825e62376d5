import type { AuthMethod, IssuedToken, SendAuth } from "../auth/method.ts";
import { EndpointNotFoundError, isKeystoneError, ResponseError } from "../errors.ts";
import { expect } from "../expect.ts";
import { refuse } from "../refuse.ts";
import { readAccess } from "./access.ts";

/** What a method sends, and how its answer is read. */
export interface V2Login {
  readonly method: "password" | "token";
  /** The body's `auth`. */
  readonly auth: object;
  readonly lifetime: number;
}

/** What the session is for. */
type LoginContext = Parameters<NonNullable<AuthMethod["obtain"]>>[1];

/**
 * POST /v2.0/tokens.
 *
 * @throws {OptionsError} for an auth URL that doesn't end in /v2.0, or a session with a scope.
 * @throws {EndpointNotFoundError} if the server has no Identity v2.0.
 * @throws {ResponseError} if the reply is not a token of Identity v2.0.
 */
export async function logIn(
  send: SendAuth,
  { method, auth, lifetime }: V2Login,
  { authUrl, scope }: LoginContext,
): Promise<IssuedToken> {
  expect(
    /\/v2\.0\/*$/.test(authUrl),
    "authUrl",
    "an address that ends in /v2.0 for a method of keystone-fetch/v2; for Identity v3 use password() or token()",
  );
  const why = "must not be given with a method of keystone-fetch/v2: give it a tenant";
  refuse(scope !== undefined, "scope", why);
  const request = { method: "POST", path: "tokens", from: "authUrl", json: { auth } } as const;
  const response = await send(request).catch(explain);
  const receivedAt = Date.parse(response.headers.get("Date") ?? "");
  return readAccess(await readJson(response), {
    method,
    // In a page CORS hides the server's clock.
    receivedAt: Number.isNaN(receivedAt) ? Date.now() : receivedAt,
    lifetime,
  });
}

/** A v3-only Keystone has no such path. */
function explain(error: unknown): never {
  const status = isKeystoneError(error) ? error.status : undefined;
  if (status !== 404 && status !== 405) throw error;
  throw new EndpointNotFoundError(
    `POST tokens: ${status}, so there is no Identity v2.0 at the authUrl. For Identity v3, use one that ends in /v3, and password() or token()`,
    { status, query: { version: "v2.0" }, available: [] },
  );
}

/** The JSON of an answer; if it is anything else, none of it is shown. */
async function readJson(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    throw new ResponseError(
      `POST tokens: ${response.status} with ${body.length} characters that are not JSON`,
      { status: response.status },
    );
  }
}
