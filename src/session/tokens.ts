import type { AuthMethod } from "../auth/method.ts";
import { InvalidTokenError, type KeystoneError, UnauthorizedError } from "../errors.ts";
import type { Scope } from "../scope.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { Token } from "../token.ts";
import type { Credentials } from "./credentials.ts";
import { createCurrentState } from "./current-state.ts";
import type { GivenToken } from "./given-token.ts";
import { isScope } from "./is-scope.ts";
import type { LoginOptions } from "./login.ts";
import { unlessInTheWay } from "./provider.ts";
import { createQueue, type Queue } from "./queue.ts";
import { createRejected } from "./rejected.ts";
import type { Storage, StoredEntry } from "./storage.ts";
import { endOf, type HeldToken } from "./stored-token.ts";
import type { SessionState } from "./transition.ts";
import { type Subscribe, watchedWhile } from "./watched.ts";

/** The one live token of a session: it is found, kept, watched and renewed here. */
export interface Tokens {
  readonly state: () => SessionState;
  readonly subscribe: Subscribe;
  /** Whether a new token can be obtained without the caller. */
  readonly canRenew: boolean;
  /** The token in hand, if it may be used. */
  readonly live: () => Token | undefined;
  /** The token in hand, else one from the store, else a new one. */
  readonly token: (signal?: AbortSignal) => Promise<Token>;
  /** Always gets a new token: from these methods or, without any, from the session's own credentials. */
  readonly authenticate: (
    methods: readonly AuthMethod[] | undefined,
    options: LoginOptions,
  ) => Promise<Token>;
  /** The user's id, as far as it is known. */
  readonly owner: () => string | undefined;
  /** Whether it is known to belong to another user than this. */
  readonly isOthers: (user: string) => boolean;
  /** Resumes with a stored token; resolves to whether there was a good one. */
  readonly restore: (signal?: AbortSignal) => Promise<boolean>;
  /** Called with a token that a server rejected. */
  readonly reject: (token: Token) => void;
  /** Forgets the token here and in the store; resolves to the id of what there was. */
  readonly forget: () => Promise<string | undefined>;
  /** Forgets the token, but not in the store: its user is signed out. */
  readonly signOut: (error?: KeystoneError) => void;
  /** Ends the waiting for a person who is asked for credentials, so that what comes next has its turn. */
  readonly makeWay: () => void;
  /** Does one thing at a time: there is never more than one login in progress. */
  readonly inTurn: Queue;
  /** Whether an error came from a login, which has had all its retries. */
  readonly isLoginFailure: (error: unknown) => boolean;
}

/** What the tokens of a session are made from. */
export interface TokensOptions {
  readonly credentials: Credentials;
  readonly scope: Scope | undefined;
  readonly storage: Storage;
  /** Whether a stored token may be used without `restore()`: its owner is known. */
  readonly takesStored: boolean;
  /** How many seconds before its expiry a token counts as expired. */
  readonly expiryMargin: number;
  /** The token that the session was given, which is read when one is first needed. */
  readonly given?: GivenToken | undefined;
  /** The id of the user of the session that this one was rescoped from, as far as it is known. */
  readonly ownerOfParent: () => string | undefined;
  /** Called with the id of each new user. */
  readonly onOtherUser: (user: string) => void;
  readonly now: () => number;
}

export function createTokens(options: TokensOptions): Tokens {
  const { credentials, scope, storage, takesStored, expiryMargin } = options;
  const { ownerOfParent, onOtherUser, now } = options;
  const current = createCurrentState(now);
  const inTurn = createQueue();
  const flight = createSingleFlight((signal) => inTurn(() => renew(signal), signal));
  const loginFailures = new WeakSet<object>();
  const rejected = createRejected();
  let given = options.given;
  /** The user's id, from the first token until it is revoked: a session never becomes another's. */
  let owner: string | undefined;
  /** Whether the token in hand is in the store too. */
  let isStored = false;

  function take(held: HeldToken): Token {
    const { token } = held;
    if (owner !== token.user.id) onOtherUser(token.user.id);
    owner = token.user.id;
    given = undefined;
    // Later callers read the state, even while the store is still being written.
    flight.close();
    current.apply({ type: "authenticated", token, endsAt: new Date(endOf(held, expiryMargin)) });
    return token;
  }

  /** A rescoped session belongs to its parent's user. */
  function ownerNow(): string | undefined {
    return owner ?? ownerOfParent();
  }

  function isOwn(token: Token): boolean {
    const expected = ownerNow();
    return expected === undefined ? credentials.isOwner(token) : expected === token.user.id;
  }

  /** Uses what is stored; only the holder of the lock may remove what is useless. */
  async function takeStored(isAlone: boolean): Promise<Token | undefined> {
    const { exists = false, held } = (await storage.read()) ?? {};
    const token = current.live();
    if (token && token.id === held?.token.id) return token;
    if (held && !(isOwn(held.token) && isScope(held.token.scope, scope))) return undefined;
    if (held && !rejected.has(held.token) && now() < endOf(held, expiryMargin)) {
      isStored = true;
      return take(held);
    }
    if (exists && isAlone) await storage.clear();
    return undefined;
  }

  async function keep(held: HeldToken, mayStore: boolean): Promise<Token> {
    const token = take(held);
    const life = endOf(held, expiryMargin) - now();
    isStored = mayStore && credentials.isOwner(token) && (await storage.save(held, life));
    return token;
  }

  /** Of all who share a store, one renews, and the others find what it stored. */
  async function renew(signal: AbortSignal): Promise<Token> {
    const live = current.live();
    if (live) return live;
    if (given) return takeGiven(given, signal);
    if (!takesStored) return renewByCredentials(signal);
    const stored = await takeStored(false);
    if (stored) return stored;
    return storage.alone(async () => (await takeStored(false)) ?? renewByCredentials(signal));
  }

  async function takeGiven({ read }: GivenToken, signal: AbortSignal): Promise<Token> {
    try {
      return take(await read({ signal }));
    } catch (error) {
      if (!(credentials.canRenew && error instanceof InvalidTokenError)) throw error;
      given = undefined;
      return renewByCredentials(signal);
    }
  }

  async function renewByCredentials(signal: AbortSignal): Promise<Token> {
    const state = current.get();
    if ("token" in state && !credentials.isOwner(state.token)) throw otherUser();
    const held = await credentials.renew(scope, { signal });
    // Checked afterwards: the parent may have become another user's in the meantime.
    const expected = ownerNow();
    if (expected !== undefined && held.token.user.id !== expected) throw otherUser();
    return keep(held, true);
  }

  /** Somebody who shares the store renewed the token, revoked it, or signed in as another user. */
  async function follow(): Promise<void> {
    const found = await storage.read();
    if (!found || owner === undefined) return;
    const { exists, held } = found;
    if (held && isOwn(held.token)) await takeStored(false);
    else if ((held || !exists) && isStored && current.live()) signOut();
  }

  /** Whether the stored entry may be removed. If it can't be read, only one that this session wrote. */
  function isOursIn(found: StoredEntry | undefined): boolean {
    if (found === undefined) return isStored;
    return found.held !== undefined && isOwn(found.held.token);
  }

  function signOut(error?: KeystoneError): void {
    owner = undefined;
    isStored = false;
    current.apply(error ? { type: "revoked", error } : { type: "revoked" });
  }

  return {
    state: current.get,
    canRenew: credentials.canRenew,
    live: current.live,
    inTurn,
    owner: ownerNow,
    isOthers: (user) => owner !== undefined && owner !== user,
    isLoginFailure: (error) => loginFailures.has(error as object),
    subscribe: watchedWhile(current.subscribe, () =>
      storage.watch(() => {
        inTurn(follow).catch(() => undefined);
      }),
    ),
    token: async (signal) => {
      signal?.throwIfAborted();
      const live = current.live();
      if (live) return live;
      try {
        return await unlessInTheWay(() => flight.join(signal));
      } catch (error) {
        if (typeof error === "object" && error !== null) loginFailures.add(error);
        throw error;
      }
    },
    authenticate: (methods, loginOptions) => {
      if (methods) credentials.makeWay();
      const logIn = async () => {
        credentials.forgetRefusals();
        if (methods) {
          // Another user's token must not be found under the key of the kept credentials.
          const mayStore = credentials.methods.length === 0;
          return keep(await credentials.use(methods, scope, loginOptions), mayStore);
        }
        return keep(await credentials.renew(scope, loginOptions), true);
      };
      return unlessInTheWay(() => inTurn(logIn, loginOptions.signal));
    },
    restore: (signal) =>
      inTurn(async () => {
        const stored = (await takeStored(false)) ?? (await storage.alone(() => takeStored(true)));
        return stored !== undefined;
      }, signal),
    reject: (token) => {
      rejected.add(token);
      current.apply({ type: "expired", token, reason: "rejected" });
    },
    forget: async () => {
      const state = current.get();
      const found = await storage.read();
      const isOurs = takesStored || isOursIn(found);
      const stored =
        takesStored && found?.held && isOwn(found.held.token) ? found.held.token : undefined;
      const token = "token" in state ? state.token : stored;
      const id = token?.id ?? given?.id;
      given = undefined;
      signOut();
      if (token) rejected.add(token);
      const mayExist = found === undefined || found.exists;
      if (isOurs && (token || mayExist)) await storage.clear();
      return id;
    },
    signOut,
    makeWay: credentials.makeWay,
  };
}

function otherUser(): UnauthorizedError {
  return new UnauthorizedError(
    "The session's credentials belong to a different user than its last token. Call authenticate()",
  );
}
