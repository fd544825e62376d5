import type { Options } from "ky";
import type { AuthMethod } from "../auth/method.ts";
import { authRequest } from "../auth/request.ts";
import type { Interface } from "../catalog/find-endpoint.ts";
import { expect } from "../expect.ts";
import { readUrl } from "../parse-url.ts";
import type { Scope } from "../scope.ts";
import type { TokenStore } from "./store.ts";

/** What a session is made from. */
export interface SessionOptions {
  /**
   * Keystone's address. One that ends in `/v3` is used as it is; any other is asked once for its
   * versions, and a path prefix (`…/identity`) is kept.
   */
  readonly authUrl: string | URL;
  /** Kept, and replayed to renew the token. Several are given together: multi-factor. */
  readonly auth?: AuthMethod | readonly AuthMethod[] | undefined;
  /** Default: what the server gives, which is the user's default project or nothing. */
  readonly scope?: Scope | undefined;
  /** Default for every lookup in the catalog: any region. */
  readonly region?: string | undefined;
  /** Default `"public"`; a list is an order of preference. */
  readonly interface?: Interface | readonly Interface[] | undefined;
  /** Addresses by service type, instead of the catalog's. */
  readonly endpointOverrides?: Readonly<Record<string, string | URL>> | undefined;
  /** Where the token is kept besides this session's memory. Default: nowhere. */
  readonly store?: TokenStore | undefined;
  /** Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one try of a request, below 2 ** 31, or false. Default 10000. */
  readonly timeout?: Options["timeout"];
  /** As ky has it. Default: 2 retries, never of a POST other than the login. */
  readonly retry?: Options["retry"];
  /**
   * Seconds before its end at which a token counts as spent. Default 120, and never more than a
   * tenth of the token's life.
   */
  readonly expiryMargin?: number | undefined;
  /** Origins besides Keystone's and the catalog's that may get the token. */
  readonly trustedOrigins?: readonly (string | URL)[] | undefined;
}

/** The options after they were checked. */
export interface Settings extends Omit<SessionOptions, "authUrl" | "auth"> {
  readonly authUrl: string;
  readonly auth: readonly AuthMethod[];
  readonly expiryMargin: number;
  readonly origins: readonly string[];
}

/** @throws {OptionsError} naming the option and what was expected, never what was given. */
export function readOptions(options: SessionOptions): Settings {
  const given: SessionOptions = Object(options);
  const { authUrl, scope, fetch, store, expiryMargin = 120 } = given;
  const { endpointOverrides, trustedOrigins = [], timeout = 0, retry = 0 } = given;
  const auth = readAuth(given.auth);
  authRequest(auth, scope);
  expectInterface(given.interface);
  expect(expiryMargin >= 0, "expiryMargin", "seconds, 0 or more");
  // ky looks at these with each request only, and its errors are not ours.
  const { limit = 0 } = typeof retry === "number" ? { limit: retry } : Object(retry);
  expect(+timeout >= 0 && +timeout < 2 ** 31, "timeout", "milliseconds below 2 ** 31, or false");
  expect(limit >= 0 && limit % 1 === 0, "retry", "a whole number, 0 or more");
  expect(!fetch || typeof fetch === "function", "fetch", "a function");
  expect(!store || Object(store).set, "store", "get, set and delete");
  const urls = Object.entries({ authUrl, ...endpointOverrides })
    .concat([trustedOrigins].flat().map((url) => ["trustedOrigins", url as string]))
    .map(([option, url]) => readUrl(option, url));
  return {
    ...options,
    authUrl: `${urls[0]}`,
    auth,
    expiryMargin,
    origins: urls.map(({ origin }) => origin),
  };
}

/** @throws {OptionsError} for what no method made. */
export function readAuth(auth: SessionOptions["auth"]): readonly AuthMethod[] {
  const methods = [auth ?? []].flat() as readonly AuthMethod[];
  expect(
    methods.every((method) => method?.payload),
    "auth",
    "password(), token() or applicationCredential()",
  );
  return methods;
}

/** @throws {OptionsError} for an unknown interface. */
export function expectInterface(wish: SessionOptions["interface"] = "public"): void {
  expect(
    [wish].flat().every((name) => /^(public|internal|admin)$/.test(name)),
    "interface",
    '"public", "internal" or "admin"',
  );
}
