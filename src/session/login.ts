import { authRequest } from "../auth/auth-request.ts";
import type { AuthExchange, AuthMethod, IssuedToken } from "../auth/method.ts";
import { token as tokenMethod } from "../auth/token.ts";
import {
  copyOf,
  EndpointNotFoundError,
  NotFoundError,
  PasswordExpiredError,
  ResponseError,
  UnauthorizedError,
} from "../errors.ts";
import { trimSlashes } from "../parse-url.ts";
import type { Scope } from "../scope.ts";
import { isTokenId, parseToken } from "../token.ts";
import type { Connection } from "../transport/connection.ts";
import { findVersion } from "../transport/discover.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { isScope } from "./is-scope.ts";
import { type HeldToken, lifeOf } from "./stored-token.ts";

/** Options of a single login. */
export interface LoginOptions {
  readonly signal?: AbortSignal | undefined;
  /** From a `MultiFactorRequiredError`: the methods that were accepted before still count. */
  readonly receipt?: string | undefined;
}

/** A login that is ready to be sent: its secrets were fetched, once. */
export type PreparedLogin = (options: LoginOptions) => Promise<HeldToken>;

/**
 * Prepares a login: asks the methods for their payloads.
 *
 * @param now the local clock
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export async function prepareLogin(
  connection: Connection,
  methods: readonly AuthMethod[],
  scope: Scope | undefined,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<PreparedLogin> {
  const [first] = methods;
  if (first?.obtain) {
    const { obtain, oneTime = false } = first;
    return (options) => loginElsewhere(connection, { obtain, oneTime }, scope, now, options);
  }
  // First of all: a passcode that is asked for counts as spent.
  await connection.identityUrl(signal);
  const json = await authRequest(methods, scope);
  const isOneTime = methods.some(({ oneTime }) => oneTime);
  return (options) => login(connection, json, isOneTime, scope, now, options);
}

/** POST /v3/auth/tokens. */
async function login(
  { loginClient, identityUrl }: Connection,
  json: object,
  isOneTime: boolean,
  scope: Scope | undefined,
  now: () => number,
  { signal, receipt }: LoginOptions,
): Promise<HeldToken> {
  const url = await identityUrl(signal);
  try {
    const reply = loginClient.post(`${url}/auth/tokens`, {
      json,
      signal: signal ?? null,
      // In English, since only Keystone's message tells an expired password from a wrong one.
      headers: { "Accept-Language": "en", ...(receipt && { "Openstack-Auth-Receipt": receipt }) },
      ...(isOneTime && { retry: 0 }),
    });
    const response = await reply;
    const id = response.headers.get("X-Subject-Token") ?? "";
    // The reply's own json() has no deadline.
    const held = readIssued({ id, document: await reply.json() }, response, now);
    if (scope && scope !== "unscoped" && held.token.scope === "unscoped") {
      throw new ResponseError("Asked for a scoped token, but the server issued an unscoped one");
    }
    return held;
  } catch (error) {
    if (error instanceof UnauthorizedError) throw refused(error);
    if (error instanceof NotFoundError) throw await explainNotFound(error, url, loginClient);
    throw error;
  }
}

/** A token from elsewhere, rescoped where the session's scope asks for it. */
async function loginElsewhere(
  connection: Connection,
  { obtain, oneTime }: { obtain: NonNullable<AuthMethod["obtain"]>; oneTime: boolean },
  scope: Scope | undefined,
  now: () => number,
  { signal }: LoginOptions,
): Promise<HeldToken> {
  const { authUrl, identityUrl, loginClient } = connection;
  let last: Response | undefined;
  const send = async ({ from, path, method, headers, json, body }: AuthExchange) => {
    const base = from === "authUrl" ? trimSlashes(authUrl) : await identityUrl(signal);
    const reply = loginClient(`${base}/${path}`, {
      method,
      signal: signal ?? null,
      headers: { Accept: "application/json", ...headers },
      ...(json !== undefined && { json }),
      ...(body !== undefined && { body }),
      ...(oneTime && { retry: 0 }),
    });
    last = await reply;
    // A Response whose body is here already: reading it needs no deadline.
    return new Response((await reply.text()) || null, last);
  };
  const issued = await unlessAborted(Promise.resolve(obtain(send, { authUrl, scope })), signal);
  const held = readIssued(issued, last, now);
  if (isScope(held.token.scope, scope)) return held;
  const rescope = await prepareLogin(connection, [tokenMethod(held.token.id)], scope, now, signal);
  return rescope({ signal });
}

/** @throws {ResponseError} if the reply has no token. */
function readIssued(
  { id, document }: IssuedToken,
  response: Response | undefined,
  now: () => number,
): HeldToken {
  const token = parseToken(id, document);
  // Two of them, joined by a proxy, arrive as one with a comma.
  if (!isTokenId(id)) {
    throw new ResponseError(
      "The reply has no readable token in X-Subject-Token. In a page: Keystone's [cors] expose_headers must list it",
    );
  }
  const life = lifeOf(token, response?.headers.get("Date") ?? null);
  return { token, document, receivedAt: now(), life };
}

/** The error for credentials that Keystone refused, with what it never says. */
function refused(error: UnauthorizedError): UnauthorizedError | PasswordExpiredError {
  const { message, detail = "" } = error;
  if (/password is expired/i.test(detail)) {
    const cure = "Change it with users.changePassword() of keystone-fetch/identity";
    return copyOf(error, `${message} ${cure}`, PasswordExpiredError);
  }
  const why = "a wrong secret, an unknown or disabled user, an unknown scope, or no role on it";
  return copyOf(error, `${message} (${why})`);
}

/**
 * Keystone answers 404 to a dead token and to an unknown application credential; so does a server that
 * is not a Keystone, or has no v3.
 */
async function explainNotFound(
  error: NotFoundError,
  url: string,
  client: Connection["loginClient"],
): Promise<unknown> {
  const { message, detail = "" } = error;
  if (/could not|failed to/i.test(detail)) return copyOf(error, message, UnauthorizedError);
  const reason = await findVersion(client, url, 3).catch((failure: unknown) => failure);
  if (reason instanceof EndpointNotFoundError) return reason;
  return copyOf(error, `${message}. Is authUrl the address of a Keystone?`);
}
