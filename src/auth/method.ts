import type { Scope } from "../scope.ts";

/** A token's id, and the document that came with it: the body of POST /v3/auth/tokens. */
export interface IssuedToken {
  readonly id: string;
  readonly document: unknown;
}

/** One request of a login that does not go to POST /v3/auth/tokens, as data. */
export interface AuthExchange {
  readonly method: "GET" | "POST";
  /** Below Keystone's `…/v3`. */
  readonly path: string;
  /** Below the auth URL as it was given, and not below `…/v3`. */
  readonly from?: "authUrl" | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly json?: unknown;
  readonly body?: string | undefined;
}

/**
 * Sends it to Keystone only; resolves for a status of 2xx, and otherwise throws this package's errors.
 */
export type SendAuth = (request: AuthExchange) => Promise<Response>;

/** What is passed to a method that gets its token elsewhere. */
interface LoginContext {
  /** As it was given: the version of the API may follow from it. */
  readonly authUrl: string;
  readonly scope: Scope | undefined;
}

/**
 * A way to authenticate: made by `password()`, `token()` and so on, or by yourself, and passed to
 * `createSession()` or `authenticate()`. Keep its secret in a closure, so that no log shows it.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 * @example
 * const fromVault = {
 *   name: "password",
 *   payload: async () => ({ user: { id: "f00", password: "from the vault" } }),
 * };
 * createSession({ authUrl: "https://keystone.example:5000", auth: fromVault });
 */
export interface AuthMethod {
  /** The API's name of the method. */
  readonly name: string;
  /**
   * The payload without any secret, such as `{ user: { id } }`. A store keeps the token under it, and
   * the token is used only if it belongs to that `user`. Without it nothing is stored.
   */
  readonly identity?: object | undefined;
  /** Returns the method's part of the request. Called exactly once per login. */
  readonly payload: () => object | Promise<object>;
  /** Whether the payload works only once, as a passcode does: if so, it is never sent again. */
  readonly oneTime?: boolean | undefined;
  /**
   * For a method that does not go to POST /v3/auth/tokens: obtains a token by requests of its own.
   * Such a method can't be combined with others; the session then rescopes the token if its scope
   * requires it.
   */
  readonly obtain?: ((send: SendAuth, context: LoginContext) => Promise<IssuedToken>) | undefined;
}

/** Makes a method that shows nothing but its name and its identity. */
export function authMethod(
  name: string,
  payload: AuthMethod["payload"],
  { identity, oneTime, obtain }: Pick<AuthMethod, "identity" | "oneTime" | "obtain"> = {},
): AuthMethod {
  const method = { name, ...(identity && { identity }) };
  const hidden = {
    payload: { value: payload },
    oneTime: { value: oneTime },
    obtain: { value: obtain },
  };
  return Object.freeze(Object.defineProperties(method as AuthMethod, hidden));
}
