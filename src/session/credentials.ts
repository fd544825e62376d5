import { attempt } from "../attempt.ts";
import { expectScope } from "../auth/auth-request.ts";
import type { AuthMethod } from "../auth/method.ts";
import { token as tokenMethod } from "../auth/token.ts";
import {
  copyOf,
  ForbiddenError,
  isKeystoneError,
  type KeystoneError,
  MultiFactorRequiredError,
  PasswordExpiredError,
  RateLimitError,
  TransportError,
  UnauthorizedError,
} from "../errors.ts";
import { isRecord } from "../is-record.ts";
import { type NamedRef, readNamed, type Scope, scopeRequest } from "../scope.ts";
import type { Token } from "../token.ts";
import type { Connection } from "../transport/connection.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { isNamed } from "./is-scope.ts";
import { type LoginOptions, prepareLogin } from "./login.ts";
import { type AuthProvider, createProvider, type Provider } from "./provider.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { HeldToken } from "./stored-token.ts";

/** A session's identity: what it obtains tokens with, by itself or from its caller. */
export interface Credentials {
  /** The methods that were kept; empty if there are none, or a provider. */
  readonly methods: readonly AuthMethod[];
  /** Whether a token can be obtained without the caller. */
  readonly canRenew: boolean;
  /** Obtains a token without the caller: with the parent's token first, then with what was kept. */
  readonly renew: (scope: Scope | undefined, options: LoginOptions) => Promise<HeldToken>;
  /** Obtains a token with credentials that are used only this once. */
  readonly use: (
    methods: readonly AuthMethod[],
    scope: Scope | undefined,
    options: LoginOptions,
  ) => Promise<HeldToken>;
  /** Ends the waiting for a provider, so that another login, or a logout, has its turn. */
  readonly makeWay: () => void;
  /** Allows refused credentials to be sent once more. */
  readonly forgetRefusals: () => void;
  /** Whether a token belongs to the user of the kept credentials, as far as that is known. */
  readonly isOwner: (token: Token) => boolean;
  /** The same credentials for a rescoped session: they share what was refused. */
  readonly under: (parent: Omit<ParentToken, "obtained">) => Credentials;
}

/** The token that a session was rescoped from. */
interface ParentToken {
  readonly live: () => Token | undefined;
  /** The last one that it got by the kept credentials: known a moment before it is live. */
  readonly obtained: () => Token | undefined;
  readonly token: (signal?: AbortSignal) => Promise<Token>;
}

/** What a session and those rescoped from it share. */
interface Kept {
  readonly methods: readonly AuthMethod[];
  readonly provider: Provider | undefined;
  /** Why Keystone refused what was kept: sent again at each call, it would lock the user out. */
  refusal: KeystoneError | undefined;
  /** The id of their user, once they have obtained a token: names may be written in other ways. */
  user: string | undefined;
  /** The scopes that were refused, while the credentials themselves are good. */
  readonly refusedScopes: Map<string, KeystoneError>;
  /** One login at a time: the next one has to know whether these credentials were refused. */
  readonly inTurn: Queue;
}

/** @param now the local clock */
export function createCredentials(
  connection: Connection,
  auth: readonly AuthMethod[] | AuthProvider,
  now: () => number,
): Credentials {
  const isProvider = typeof auth === "function";
  const kept: Kept = {
    methods: isProvider ? [] : auth,
    provider: isProvider ? createProvider(auth) : undefined,
    refusal: undefined,
    user: undefined,
    refusedScopes: new Map(),
    inTurn: createQueue(),
  };
  return credentialsOf(connection, kept, undefined, now);
}

function credentialsOf(
  connection: Connection,
  kept: Kept,
  parent: ParentToken | undefined,
  now: () => number,
): Credentials {
  let obtained: Token | undefined;
  const hasKept = kept.methods.length > 0 || kept.provider !== undefined;

  const use: Credentials["use"] = async (methods, scope, options) => {
    const login = await prepare(methods, scope, options);
    return login(options);
  };

  /** A secret that never comes, as from a prompt that was closed, must not hold up other logins. */
  function prepare(
    methods: readonly AuthMethod[],
    scope: Scope | undefined,
    { signal }: LoginOptions,
  ) {
    return unlessAborted(prepareLogin(connection, methods, scope, now, signal), signal);
  }

  /** @param isScopeAtFault whether the scope was refused to a live token just now */
  async function useKept(
    scope: Scope | undefined,
    options: LoginOptions,
    isScopeAtFault: boolean,
  ): Promise<HeldToken> {
    const key = JSON.stringify(scope === undefined ? null : scopeRequest(scope));
    const refusal = kept.refusal ?? kept.refusedScopes.get(key);
    if (refusal) throw copyOf(refusal);
    const methods = kept.provider ? await kept.provider.ask(options.signal) : kept.methods;
    expectScope(methods, scope);
    const login = await prepare(methods, scope, options);
    try {
      const held = await login(options);
      obtained = held.token;
      kept.user = obtained.user.id;
      return held;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const remembered = copyOf(error, `${error.message}${notSentAgain}`);
      if (isScopeAtFault) kept.refusedScopes.set(key, remembered);
      else kept.refusal = remembered;
      throw copyOf(remembered);
    }
  }

  async function renew(scope: Scope | undefined, options: LoginOptions): Promise<HeldToken> {
    const { signal } = options;
    if (!hasKept) {
      if (parent) return use([tokenMethod((await parent.token(signal)).id)], scope, options);
      throw new UnauthorizedError(
        "Not authenticated: no live token and no credentials. Call authenticate()",
      );
    }
    let isScopeAtFault = false;
    /** If there are credentials, the token is only tried: not every token may be rescoped. */
    async function tryToken(token: Token | undefined): Promise<HeldToken | undefined> {
      if (!token) return undefined;
      try {
        return await use([tokenMethod(token.id)], scope, options);
      } catch (error) {
        if (!mayTryCredentials(error)) throw error;
        isScopeAtFault = error instanceof UnauthorizedError && error.status === 401;
        return undefined;
      }
    }
    const before = parent?.obtained();
    const held = await tryToken(parent?.live());
    if (held) return held;
    return kept.inTurn(async () => {
      // The parent may have been logged in meanwhile.
      const latest = parent?.obtained();
      const rescoped = latest === before ? undefined : await tryToken(latest);
      return rescoped ?? useKept(scope, options, isScopeAtFault);
    }, signal);
  }

  return {
    methods: kept.methods,
    canRenew: hasKept || parent !== undefined,
    use,
    renew: async (scope, options) => {
      try {
        return await renew(scope, options);
      } catch (error) {
        throw parent && scope ? unavailable(scope, error) : error;
      }
    },
    makeWay: () => kept.provider?.makeWay(),
    forgetRefusals: () => {
      kept.refusal = undefined;
      kept.refusedScopes.clear();
    },
    isOwner: ({ user }) => {
      if (kept.user !== undefined) return user.id === kept.user;
      const owners = kept.methods.map(userOf).filter((owner) => owner !== undefined);
      return owners.every((owner) => isNamed(user, owner));
    },
    under: (token) => credentialsOf(connection, kept, { ...token, obtained: () => obtained }, now),
  };
}

const notSentAgain = ". These credentials are not sent again before authenticate() is called";

function isRefusal(error: unknown): error is KeystoneError {
  return (
    error instanceof UnauthorizedError ||
    error instanceof PasswordExpiredError ||
    error instanceof MultiFactorRequiredError
  );
}

function mayTryCredentials(error: unknown): boolean {
  const isBusy = error instanceof TransportError || error instanceof RateLimitError;
  return isKeystoneError(error) && !isBusy;
}

/** A refusal of a rescoped session, which names the scope. */
function unavailable(scope: Scope, error: unknown): unknown {
  if (!(error instanceof UnauthorizedError || error instanceof ForbiddenError)) return error;
  const words = `Scope ${JSON.stringify(scope)} is not available: ${error.message}`;
  return copyOf(error, words);
}

/** The user of a method, if its identity names one. */
function userOf({ identity }: AuthMethod): NamedRef | undefined {
  const user = isRecord(identity) ? identity.user : undefined;
  return attempt(() => readNamed(user, "identity.user"));
}
