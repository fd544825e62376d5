import { attempt } from "../attempt.ts";
import { InvalidTokenError, isKeystoneError, type KeystoneError } from "../errors.ts";
import { expect, expectNames, expectRequest, expectText, readSignal } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { readUrl } from "../parse-url.ts";
import { connectionOf } from "../session/connection-of.ts";
import type { CallOptions, Session } from "../session/contract.ts";
import type { TokenStore } from "../session/token-store.ts";
import type { Token } from "../token.ts";
import { type AccessRuleOptions, enforceAccessRules } from "./access-rules.ts";
import { challengeResponse, wwwAuthenticate } from "./challenge.ts";
import { createIdentifyToken } from "./identify-token.ts";
import { withoutIdentityHeaders } from "./identity-headers.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { createValidationCache } from "./validation-cache.ts";

/** What a guard is made from. */
export interface GuardOptions {
  /**
   * Who asks Keystone about the callers' tokens: a user with the role for it, which is `service` or
   * `admin` in most clouds.
   */
  readonly session: Session;
  /**
   * Where answers are shared with other processes. It holds the tokens' documents, never a token.
   * Unless it is `encrypted()`, whoever can write to it can make any token anybody's. Default: memory
   * only.
   */
  readonly store?: TokenStore | undefined;
  /**
   * Seconds for which Keystone's answer is used: a revoked token is refused after that time at the
   * latest. Default 60; with 0, Keystone is asked each time. A refusal is remembered for 10 seconds at
   * most.
   */
  readonly ttl?: number | undefined;
  /** How many tokens are kept in memory; the least recently used go first. Default 1000. */
  readonly maxTokens?: number | undefined;
  /**
   * Accepts application credentials with access rules, too, and enforces the rules. Default: their
   * tokens are refused.
   */
  readonly accessRules?: AccessRuleOptions | undefined;
  /**
   * A token in `X-Service-Token` needs one of these roles: the user's own token may then have expired
   * on the way. Default `["service"]`.
   */
  readonly serviceRoles?: readonly string[] | undefined;
  /**
   * Keystone's address as the callers know it, for `WWW-Authenticate`. Default: the session's
   * `authUrl`.
   */
  readonly wwwAuthenticateUri?: string | URL | undefined;
  /**
   * Called with the reason when `protect` answers 503: Keystone can't be reached, or the session's own
   * credentials were refused. The caller does not learn it.
   */
  readonly onUnavailable?: ((error: KeystoneError) => void) | undefined;
}

/** A handler that is called only for identified callers, with whatever else the runtime passes. */
export type ProtectedHandler<Rest extends unknown[]> = (
  request: Request,
  token: Token,
  ...rest: Rest
) => Response | Promise<Response>;

/** A fetch handler, as runtimes and frameworks take it. */
export type GuardedHandler<Rest extends unknown[]> = (
  request: Request,
  ...rest: Rest
) => Promise<Response>;

/** Identifies the callers of an API by their tokens. All its functions work without `this`. */
export interface Guard {
  /**
   * Finds out who sent a request, from its `X-Auth-Token`. If a good `X-Service-Token` comes with it,
   * it may have expired.
   *
   * @throws {InvalidTokenError} if there is no valid token, or the access rules of its application
   * credential do not allow the request.
   * @throws {KeystoneError} of another class, never an InvalidTokenError, if Keystone can't be
   * reached, or refused the guard's own credentials.
   * @see https://docs.openstack.org/api-ref/identity/v3/#validate-and-show-information-for-token
   * @example
   * const { user, roles } = await guard.identify(request);
   */
  readonly identify: (request: IncomingRequest, options?: CallOptions) => Promise<Token>;
  /**
   * Makes the response to a failed `identify`: 401 with `WWW-Authenticate` for an InvalidTokenError,
   * 503 with `Retry-After` for every other error of this package.
   *
   * @throws any error that is not this package's, such as the reason of an abort.
   * @example
   * async function hello(request: Request) {
   *   const token = await guard.identify(request).catch((error) => guard.challenge(error));
   *   return token instanceof Response ? token : Response.json({ hello: token.user.name });
   * }
   * (await hello(request)).status; // 200, or 401, or 503
   */
  readonly challenge: (error: unknown) => Response;
  /**
   * Makes a fetch handler that lets only identified callers through. The handler gets the request
   * without forged identity headers, then the caller's token, then whatever else the runtime passes
   * (`env` and `ctx` in Workers). Its own 401 gets the `WWW-Authenticate` too.
   *
   * @example
   * export default {
   *   fetch: guard.protect((request, token) => Response.json({ hello: token.user.name })),
   * };
   */
  readonly protect: <Rest extends unknown[]>(
    handler: ProtectedHandler<Rest>,
  ) => GuardedHandler<Rest>;
}

/**
 * Makes a guard for an API whose callers present Keystone tokens, as keystonemiddleware's auth_token
 * does in Python. Make one for the whole process: it remembers answers, by a digest of the token.
 *
 * @throws {OptionsError} for a wrong option.
 * @example
 * const domain = { name: "Default" };
 * const session = createSession({
 *   authUrl: "https://keystone.example:5000",
 *   auth: password({ name: "demo", domain, password: "s3cret" }), // your service's own user
 *   scope: { project: { name: "web", domain } },
 * });
 * const guard = createGuard({ session });
 * const api = guard.protect((request, token) => new Response(`Hello, ${token.user.name}`));
 */
export function createGuard(options: GuardOptions): Guard {
  expect(isRecord(options), "createGuard", "{ session, store, ttl … }");
  const { session, store, accessRules, onUnavailable } = options;
  const { ttl, maxTokens, serviceRoles } = readSettings(options);
  const { authUrl } = connectionOf(session);
  const uri = String(options.wwwAuthenticateUri ?? authUrl);
  const prefix = `keystone-fetch:guard:${authUrl}:`;
  const now = () => Date.now();
  const cache = createValidationCache({ store, prefix, ttl: ttl * 1000, limit: maxTokens, now });
  const identifyToken = createIdentifyToken(session, cache, {
    accessRules: accessRules !== undefined,
    limit: maxTokens,
    now,
  });

  async function identify(request: IncomingRequest, options?: CallOptions): Promise<Token> {
    expectRequest(request);
    const signal = readSignal(options);
    const { headers } = request;
    const service = headers.get("X-Service-Token")?.trim();
    if (service) {
      const { roles } = await identifyToken(service, { allowExpired: false, signal });
      if (!roles.some(({ name }) => serviceRoles.includes(name))) {
        throw new InvalidTokenError("The token in X-Service-Token has none of the serviceRoles");
      }
    }
    const fromService = Boolean(service);
    const id = (headers.get("X-Auth-Token") ?? headers.get("X-Storage-Token"))?.trim();
    if (!id) throw new InvalidTokenError("The request has no X-Auth-Token");
    const token = await identifyToken(id, { allowExpired: fromService, signal });
    enforceAccessRules(token, request, accessRules, fromService);
    return token;
  }

  function challenge(error: unknown): Response {
    return challengeResponse(error, uri);
  }

  function protect<Rest extends unknown[]>(handler: ProtectedHandler<Rest>): GuardedHandler<Rest> {
    expect(typeof handler === "function", "handler", "a function");
    return async (request, ...rest) => {
      let token: Token;
      try {
        token = await identify(request, { signal: request.signal });
      } catch (error) {
        if (isKeystoneError(error) && error.code !== "InvalidToken") {
          attempt(() => onUnavailable?.(error));
        }
        return challenge(error);
      }
      const response = await handler(withoutIdentityHeaders(request), token, ...rest);
      if (response.status !== 401 || response.headers.has("WWW-Authenticate")) return response;
      const told = new Response(response.body, response);
      told.headers.set("WWW-Authenticate", wwwAuthenticate(uri));
      return told;
    };
  }

  return Object.freeze({ identify, challenge, protect });
}

const names: readonly (keyof GuardOptions)[] = [
  "session",
  "store",
  "ttl",
  "maxTokens",
  "accessRules",
  "serviceRoles",
  "wwwAuthenticateUri",
  "onUnavailable",
];

/** Checks the options, and fills in the defaults. */
function readSettings(options: GuardOptions) {
  const { ttl = 60, maxTokens = 1000, serviceRoles = ["service"] } = options;
  const { store, accessRules, onUnavailable, wwwAuthenticateUri: uri } = options;
  expectNames(options, names);
  expect(globalThis.crypto?.subtle, "createGuard", "WebCrypto, which pages have only over https");
  expect(Number.isFinite(ttl) && ttl >= 0, "ttl", "a number of seconds");
  expect(Number.isInteger(maxTokens) && maxTokens > 0, "maxTokens", "a whole number above 0");
  expect(store === undefined || typeof store?.get === "function", "store", "a TokenStore");
  expect(
    Array.isArray(serviceRoles) && serviceRoles.every((name) => typeof name === "string"),
    "serviceRoles",
    "a list of role names",
  );
  if (uri !== undefined) {
    readUrl("wwwAuthenticateUri", uri);
    // It stands in quotes in a header.
    const fits = /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(String(uri));
    expect(fits, "wwwAuthenticateUri", "one in ASCII, without quotes");
  }
  expect(
    onUnavailable === undefined || typeof onUnavailable === "function",
    "onUnavailable",
    "a function",
  );
  if (accessRules !== undefined) expectText(accessRules?.service, "accessRules.service");
  return { ttl, maxTokens, serviceRoles };
}
