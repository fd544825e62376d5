import { type Auth, expectScope, readMethods } from "../auth/auth-request.ts";
import type { AuthMethod } from "../auth/method.ts";
import {
  type EndpointInterface,
  expectInterface,
  readQuery,
  type ServiceDefaults,
  withoutUndefined,
} from "../catalog/endpoint-query.ts";
import { copyOf, OptionsError } from "../errors.ts";
import { expect, expectNames, expectOptional } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { readUrl } from "../parse-url.ts";
import { readScope, type Scope } from "../scope.ts";
import { isTokenId, type Token } from "../token.ts";
import { type ClientOptions, readClientOptions } from "../transport/client-options.ts";
import type { Log } from "../transport/log-entry.ts";
import { readOverride } from "./override.ts";
import type { AuthProvider } from "./provider.ts";
import type { TokenStore } from "./token-store.ts";

/** What a session is made from. */
export interface SessionOptions extends ClientOptions {
  /**
   * Keystone's address. One that ends in `/v3` is used as it is. At any other, the server is asked once
   * for its versions, and a path prefix (`…/identity`) is kept.
   */
  readonly authUrl: string | URL;
  /**
   * Kept, and used again to renew the token. Several methods are sent together: multi-factor. A
   * function is called at each login: a prompt, a vault, a refreshed access token. It names no user, so
   * only `restore()` takes what it stored. Within a call it has the call's own time; to ask a person
   * without a limit, await `token()` first.
   */
  readonly auth?: Auth | AuthProvider | undefined;
  /**
   * An existing token, used as it is: an id is read once by GET /v3/auth/tokens. It is never exchanged
   * for another, and renewed only where there is `auth` too.
   */
  readonly token?: string | Token | undefined;
  /** Default: the server's choice, which is the user's default project or none. */
  readonly scope?: Scope | undefined;
  /** Default for every look-up in the catalog: any region. */
  readonly region?: string | undefined;
  /** Default `"public"`; a list is an order of preference. */
  readonly interface?: EndpointInterface | readonly EndpointInterface[] | undefined;
  /** Defaults for the look-ups of one service, by its type. */
  readonly services?: Readonly<Record<string, ServiceDefaults>> | undefined;
  /**
   * Addresses by service type, instead of the catalog's. Placeholders such as `%(project_id)s` and
   * `%(user_id)s` are filled in from the token.
   */
  readonly endpointOverrides?: Readonly<Record<string, string | URL>> | undefined;
  /** Where the token is kept besides this session's memory. Default: nowhere. */
  readonly store?: TokenStore | undefined;
  /** Called with `(url, init)`. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one attempt of a request, below 2 ** 31, or false for no limit. Default 10000. */
  readonly timeout?: ClientOptions["timeout"];
  /**
   * Milliseconds for a whole call with its retries, below 2 ** 31, or false for no limit. Default:
   * twice `timeout` plus `retry.maxRetryAfter`.
   */
  readonly totalTimeout?: ClientOptions["totalTimeout"];
  /**
   * ky's option, of which a `shouldRetry` or `methods` replaces ours. Default: 2 retries, never of a
   * POST other than the login. A server that asks for a wait gets up to `maxRetryAfter` milliseconds,
   * by default 10000; if it asks for more, the call fails at once.
   */
  readonly retry?: ClientOptions["retry"];
  /**
   * How many seconds before its expiry a token counts as expired. Default 120, and never more than a
   * tenth of the token's life.
   */
  readonly expiryMargin?: number | undefined;
  /** Origins besides Keystone's and the catalog's that may get the token. */
  readonly trustedOrigins?: readonly (string | URL)[] | undefined;
  /** Called for each request that was sent. It is never passed a secret. */
  readonly log?: Log | undefined;
  /**
   * `req-` and a UUID in small letters, sent with each request as `X-Openstack-Request-Id`: services
   * write it into their logs, and pass it on to one another. A call may have its own, as that header.
   */
  readonly globalRequestId?: string | undefined;
}

/** The options after they were checked. */
export interface Settings extends ClientOptions {
  readonly authUrl: string;
  readonly auth: readonly AuthMethod[] | AuthProvider;
  readonly token: string | Token | undefined;
  readonly scope: Scope | undefined;
  readonly region: string | undefined;
  readonly interface: SessionOptions["interface"];
  readonly services: ReadonlyMap<string, ServiceDefaults>;
  readonly overrides: ReadonlyMap<string, string>;
  readonly store: TokenStore | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly expiryMargin: number;
  /** Keystone's origin, and all others that may get any token of the session. */
  readonly origins: readonly string[];
  readonly log: Log | undefined;
  readonly globalRequestId: string | undefined;
}

const names: readonly (keyof SessionOptions)[] = [
  "authUrl",
  "auth",
  "token",
  "scope",
  "region",
  "interface",
  "services",
  "endpointOverrides",
  "store",
  "fetch",
  "timeout",
  "totalTimeout",
  "retry",
  "expiryMargin",
  "trustedOrigins",
  "log",
  "globalRequestId",
];

/** @throws {OptionsError} naming the option and what was expected, never what was given. */
export function readOptions(options: SessionOptions): Settings {
  expect(isRecord(options), "options", "an object with authUrl");
  expectNames(options, names);
  const { fetch, store, log, token, region, globalRequestId, expiryMargin = 120 } = options;
  const authUrl = readAuthUrl(options.authUrl);
  const scope = options.scope === undefined ? undefined : readScope(options.scope);
  const auth = readAuth(options.auth);
  if (typeof auth !== "function") expectScope(auth, scope);
  expectInterface(options.interface);
  expect(isTokenOption(token), "token", "a token's id, or a Token");
  expectOptional(region, "region");
  expect(isSeconds(expiryMargin), "expiryMargin", "seconds, 0 or more");
  expect(!fetch || typeof fetch === "function", "fetch", "a function");
  expect(!log || typeof log === "function", "log", "a function");
  expect(
    !globalRequestId || /^req-[\da-f-]{36}$/.test(globalRequestId),
    "globalRequestId",
    '"req-" and a UUID',
  );
  expect(!store || isStore(store), "store", "a TokenStore, with get, set and delete");
  const overrides = readOverrides(options.endpointOverrides);
  const trusted = readTrustedOrigins(options.trustedOrigins);
  const overriddenOrigins = [...overrides.values()].map((url) => new URL(url).origin);
  return {
    ...readClientOptions(options),
    authUrl: authUrl.href,
    auth,
    token,
    scope,
    region,
    interface: options.interface,
    services: readServices(options.services),
    overrides,
    store,
    fetch,
    expiryMargin,
    origins: [authUrl.origin, ...overriddenOrigins, ...trusted],
    log,
    globalRequestId,
  };
}

function readAuthUrl(value: unknown): URL {
  const url = readUrl("authUrl", value);
  const isRoute = /\/auth\/tokens\/*$/.test(url.pathname);
  expect(!isRoute, "authUrl", "the address of Keystone, such as …/v3, without /auth/tokens");
  return url;
}

function readAuth(auth: SessionOptions["auth"]): readonly AuthMethod[] | AuthProvider {
  return typeof auth === "function" ? auth : readMethods(auth);
}

function isTokenOption(token: unknown): boolean {
  if (token === undefined || token === null || isTokenId(token)) return true;
  const { id, user, issuedAt, expiresAt } = isRecord(token) ? token : {};
  const hasTimes = issuedAt instanceof Date && expiresAt instanceof Date;
  return isTokenId(id) && isRecord(user) && hasTimes;
}

function isStore(store: object): boolean {
  const { get, set, delete: remove } = store as Partial<Record<"get" | "set" | "delete", unknown>>;
  return [get, set, remove].every((method) => typeof method === "function");
}

function isSeconds(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}

function readOverrides(given: SessionOptions["endpointOverrides"]): Map<string, string> {
  const overrides = new Map<string, string>();
  expect(!given || isRecord(given), "endpointOverrides", "an object of URLs by service type");
  for (const [type, url] of Object.entries(given ?? {})) {
    overrides.set(type, readOverride(`endpointOverrides.${type}`, url));
  }
  return overrides;
}

function readServices(given: SessionOptions["services"]): Map<string, ServiceDefaults> {
  const services = new Map<string, ServiceDefaults>();
  expect(!given || isRecord(given), "services", "an object of defaults by service type");
  for (const [type, defaults] of Object.entries(given ?? {})) {
    expect(isRecord(defaults), `services.${type}`, "{ region, interface, version … }");
    services.set(type, readServiceDefaults(type, defaults));
  }
  return services;
}

function readServiceDefaults(type: string, defaults: ServiceDefaults): ServiceDefaults {
  try {
    const read = readQuery({ ...defaults, type: defaults.type ?? type, url: undefined });
    // What is undefined must not hide what another name of the service has.
    return withoutUndefined({ ...read, type: defaults.type ?? undefined });
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw copyOf(error, `services.${type}.${error.message}`);
  }
}

function readTrustedOrigins(given: SessionOptions["trustedOrigins"]): string[] {
  return [given ?? []].flat().map((url) => readUrl("trustedOrigins", url).origin);
}
