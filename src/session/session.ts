import type { KyInstance } from "ky";
import type { AuthMethod } from "../auth/method.ts";
import { authRequest } from "../auth/request.ts";
import type { Endpoint, EndpointQuery } from "../catalog/find-endpoint.ts";
import { KeystoneError, NotFoundError, UnauthorizedError } from "../errors.ts";
import { expect } from "../expect.ts";
import type { Scope } from "../scope.ts";
import type { Token } from "../token.ts";
import { createClient } from "../transport/client.ts";
import { connect, type Keystone } from "../transport/keystone.ts";
import { read } from "../wire/read.ts";
import { namedDocuments } from "../wire/token.ts";
import { withAnonymous } from "./anonymous.ts";
import { authorizedFetch } from "./authorized-fetch.ts";
import { createLife } from "./life.ts";
import { type LoginOptions, login } from "./login.ts";
import { lookup } from "./lookup.ts";
import { readAuth, readOptions, type SessionOptions, type Settings } from "./options.ts";
import { acquire } from "./rescope.ts";
import { createShelf } from "./shelf.ts";
import { storeKey } from "./store.ts";
import type { State } from "./transition.ts";

/** What may be given to a call that can be given up. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One identity in one scope, for its whole life. All its functions work without `this`. */
export interface Session {
  /** The same frozen object until it changes. */
  readonly state: State;
  /**
   * Calls the listener after each change of `state`; gives back how to stop that. Fits React's
   * `useSyncExternalStore(session.subscribe, () => session.state)`. A timer that tells of the
   * token's end runs only while somebody is subscribed.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Logs in. Credentials given here are used once and not kept. The session's own `auth`, once it
   * was refused, is sent again by this function alone.
   *
   * In the second of a password's change Keystone may give a token that is dead at once: log in
   * after it.
   *
   * @throws {UnauthorizedError} for wrong ones; the state stays what it was, as after any failure.
   * @throws {MultiFactorRequiredError} if more methods are needed.
   * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
   */
  readonly authenticate: (
    auth?: AuthMethod | readonly AuthMethod[],
    options?: LoginOptions,
  ) => Promise<Token>;
  /**
   * A live token: the one in hand, one from the store, or a new one.
   *
   * @throws {UnauthorizedError | MultiFactorRequiredError} without a request, if `auth` was refused
   * and `authenticate()` not called since: a wrong password is sent once.
   */
  readonly token: (options?: CallOptions) => Promise<Token>;
  /**
   * A new session of the same user for another scope. It asks with this session's token first, then
   * with its `auth`; this session stays as it is.
   *
   * @throws {OptionsError} for a wrong scope, or with an application credential: it has its own.
   * @see https://docs.openstack.org/api-ref/identity/v3/#token-authentication-with-scoped-authorization
   */
  readonly rescope: (scope: Scope) => Session;
  /** Takes up a stored token; false if there is none that is still good. */
  readonly restore: () => Promise<boolean>;
  /**
   * Revokes the token at the server and forgets it, also when the server can't be told. Sessions
   * that were rescoped from this one have tokens of their own, which live on.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#revoke-token
   */
  readonly revoke: (options?: CallOptions) => Promise<void>;
  /**
   * Looks a service up: in `endpointOverrides`, then in the catalog. `"identity"` alone is the
   * address that the session itself uses, which works without a catalog too.
   *
   * @throws {EndpointNotFoundError} saying what was asked for and what there is.
   */
  readonly endpoint: (query: string | EndpointQuery) => Promise<Endpoint>;
  /**
   * A ky bound to a service's address and to this session's token.
   *
   * @example
   * const nova = await session.service("compute");
   * const { servers } = await nova.get("servers").json();
   */
  readonly service: (query: string | EndpointQuery) => Promise<KyInstance>;
  /**
   * fetch with the session's token, for any client that takes one.
   *
   * @throws {UntrustedOriginError} for an origin that may not get the token.
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * The enabled projects that this user may scope to.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-project-scopes
   */
  readonly projects: () => Promise<ScopeRecord[]>;
  /**
   * The enabled domains that this user may scope to.
   *
   * @see https://docs.openstack.org/api-ref/identity/v3/#get-available-domain-scopes
   */
  readonly domains: () => Promise<ScopeRecord[]>;
}

/**
 * Makes a session. Nothing is sent before it is needed.
 *
 * @throws {OptionsError} naming the option that is wrong.
 * @example
 * const session = createSession({
 *   authUrl: "https://cloud.example/identity",
 *   auth: password({ name: "demo", domain: { name: "Default" }, password: "s3cret" }),
 *   scope: { project: { name: "web", domain: { name: "Default" } } },
 * });
 * const nova = await session.service("compute");
 */
export function createSession(options: SessionOptions): Session {
  const settings = readOptions(options);
  return start(settings, connect(settings.authUrl, settings.fetch, settings));
}

function start(settings: Settings, keystone: Keystone, parent?: Session): Session {
  const { auth, scope, authUrl, store, expiryMargin, origins } = settings;
  const { base, client, send } = keystone;
  /** Why the kept credentials were refused: sent again at each call, they would lock the user out. */
  let refused: KeystoneError | undefined;

  const by = (options: LoginOptions) => async (methods: readonly AuthMethod[]) => {
    const kept = methods === auth;
    if (kept && refused) throw refused;
    return login(keystone, methods, scope, options, (error) => {
      if (!kept) return;
      refused = error;
      error.message += "; to try again: authenticate()";
    });
  };
  const life = createLife(
    (signal) => acquire(settings, by({ signal }), parent, signal),
    // Without kept auth nobody's name is in the key: a child's could be of the page's last user.
    createShelf(store, parent && auth.length === 0 ? "" : storeKey(authUrl, auth, scope)),
    expiryMargin,
    () => Date.now(),
  );
  const reject = (token: Token) => life.dispatch({ type: "spent", token, reason: "rejected" });
  const fetch = authorizedFetch(send, life.token, reject, origins);

  // What waits for a login was not sent yet: neither its time nor its retries have begun.
  const service = (url: string) => createClient(fetch, { ...settings, ready: life.token }, url);

  async function scopes(kind: string): Promise<ScopeRecord[]> {
    const body = await service(await base())
      .get(`auth/${kind}`)
      .json();
    const list = read(namedDocuments, Object(body)[kind], `a list of ${kind}`);
    // Keystone lists the disabled too, which nobody can scope to.
    return list.filter(({ enabled }) => enabled !== false);
  }

  const session: Session = {
    get state() {
      return life.state();
    },
    subscribe: life.subscribe,
    authenticate: async (given, options = {}) => {
      const methods = given ? readAuth(given) : auth;
      expect(parent || methods.length > 0, "auth", "credentials, here or in createSession()");
      authRequest(methods, scope);
      const { signal } = options;
      return life.inTurn(() => {
        refused = undefined;
        return life.enter(
          () => (given ? by(options)(methods) : acquire(settings, by(options), parent, signal)),
          // Another identity's token must not be found under this one's key.
          !given || auth.length === 0,
        );
      }, signal);
    },
    token: ({ signal } = {}) => life.token(signal),
    rescope: (scope) => {
      authRequest(auth, scope);
      return start({ ...settings, scope }, keystone, session);
    },
    restore: async () => !!(await life.inTurn(life.restore)),
    revoke: ({ signal } = {}) =>
      life.inTurn(async () => {
        const { id } = (await life.forget()) ?? {};
        if (!id) return;
        const headers = { "X-Auth-Token": id, "X-Subject-Token": id };
        try {
          await client.delete(`${await base()}/auth/tokens`, { headers });
        } catch (error) {
          // A token that is dead already is what was wanted.
          if (error instanceof UnauthorizedError || error instanceof NotFoundError) return;
          if (error instanceof KeystoneError) life.dispatch({ type: "revoked", error });
          throw error;
        }
      }, signal),
    endpoint: (query) => lookup(settings, keystone, life.token, query),
    service: async (query) => service((await session.endpoint(query)).url),
    // Always with an init: the token goes into a copy, and not into the caller's own request.
    fetch: (input, init = {}) => fetch(input, init),
    projects: () => scopes("projects"),
    domains: () => scopes("domains"),
  };
  return withAnonymous(session, keystone);
}

/** A project or a domain, as the API has it. */
export interface ScopeRecord {
  readonly id: string;
  readonly name: string;
  readonly [attribute: string]: unknown;
}
