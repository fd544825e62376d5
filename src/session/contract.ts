import type { KyInstance } from "ky";
import type { Auth } from "../auth/auth-request.ts";
import type { EndpointQuery } from "../catalog/endpoint-query.ts";
import type { Endpoint } from "../catalog/find-endpoint.ts";
import type { Scope } from "../scope.ts";
import type { Token } from "../token.ts";
import type { ScopeRecord } from "./available-scopes.ts";
import type { LoginOptions } from "./login.ts";
import type { SessionState } from "./transition.ts";

/** What every call takes: a signal that aborts it. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What `revoke()` takes. */
export interface RevokeOptions extends CallOptions {
  /**
   * Whether the sessions rescoped from this one end, too, whatever Keystone's release. Default: false.
   * A session that your program no longer references is only ended by Keystone 2026.2 or newer.
   */
  readonly rescoped?: boolean | undefined;
}

/** One identity in one scope, for its whole life. All its functions work without `this`. */
export interface Session {
  /** An immutable snapshot: the same frozen object until it changes. */
  readonly state: SessionState;
  /**
   * Calls the listener after each change of `state`, but not for the current one; returns a function
   * that unsubscribes it. Fits React's
   * `useSyncExternalStore(session.subscribe, () => session.state)`. The timer that announces the token's
   * expiry runs only while there is a subscriber.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Authenticates. Credentials given here are used once and not kept; a provider that is waited for does
   * not hold them up. After the session's own `auth` was refused, only this function sends it again. If
   * a different user authenticates, the sessions rescoped from this one become unauthenticated.
   *
   * A token issued within the second in which the password was changed may already be revoked:
   * authenticate a second later.
   *
   * @throws {UnauthorizedError} if the credentials are refused. The state stays as it was, as after
   * any failure.
   * @throws {PasswordExpiredError} if the password is right, but has expired.
   * @throws {MultiFactorRequiredError} if more methods are needed.
   * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
   */
  readonly authenticate: (auth?: Auth, options?: LoginOptions) => Promise<Token>;
  /**
   * Resolves to a live token: the one that the session has, one from the store, or a new one.
   *
   * @throws {UnauthorizedError | PasswordExpiredError | MultiFactorRequiredError} without a request, if
   * `auth` was refused and `authenticate()` has not been called since: a wrong password is sent once.
   * @throws {InvalidTokenError} if the `token` that the session was given is not valid, and there is no
   * `auth`.
   */
  readonly token: (options?: CallOptions) => Promise<Token>;
  /**
   * Makes a new session of the same user for another scope. It authenticates with this session's token
   * or, if that fails, with its `auth`; without `auth`, its token is kept in memory only. This session
   * stays as it is.
   *
   * @throws {OptionsError} for a wrong scope, or with an application credential, which has its own.
   * @see https://docs.openstack.org/api-ref/identity/v3/#token-authentication-with-scoped-authorization
   */
  readonly rescope: (scope: Scope) => Session;
  /** Resumes with a stored token; resolves to false if there is none that is still valid. */
  readonly restore: (options?: CallOptions) => Promise<boolean>;
  /**
   * Revokes the token at the server and forgets it, even if the server can't be reached. Sessions that
   * were rescoped from this one have tokens of their own, which live on unless `rescoped` is set.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#revoke-token
   */
  readonly revoke: (options?: RevokeOptions) => Promise<void>;
  /**
   * Looks up the address of a service, with the session's defaults. `"identity"` alone gives the
   * address that the session itself uses.
   *
   * @throws {EndpointNotFoundError} if there is none; it says what was asked for, and what there is.
   * @see https://docs.openstack.org/api-ref/identity/v3/#service-catalog-and-endpoints
   */
  readonly endpoint: (query: string | EndpointQuery, options?: CallOptions) => Promise<Endpoint>;
  /**
   * Returns a ky instance bound to an endpoint and to this session: paths are relative to the
   * endpoint, and requests carry the token, which is renewed as needed. A status of 400 and above
   * throws a KeystoneError, unless ky's `throwHttpErrors` is false.
   *
   * @throws {EndpointNotFoundError} if there is none; it says what was asked for, and what there is.
   * @see https://github.com/sindresorhus/ky
   */
  readonly service: (query: string | EndpointQuery, options?: CallOptions) => Promise<KyInstance>;
  /**
   * fetch with the token, for any client that takes one. A 401 renews the token and sends the request
   * once more; if that fails, it throws. Every other response is returned: a second 401, and the first
   * one of a session that can't renew its token. A body that is read as a stream breaks off with the
   * runtime's own error.
   *
   * @throws {UntrustedOriginError} for an origin that is neither Keystone's, the catalog's nor one of
   * `trustedOrigins`.
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Lists the enabled projects that this user may scope to.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
   */
  readonly projects: (options?: CallOptions) => Promise<ScopeRecord[]>;
  /**
   * Lists the enabled domains that this user may scope to.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-domain-scopes
   */
  readonly domains: (options?: CallOptions) => Promise<ScopeRecord[]>;
  /** Revokes the token, and never fails: `await using session = createSession(…)`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}
