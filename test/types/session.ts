/** The shapes of a session, its options and its states. */

import {
  type ApiVersion,
  type AuthMethod,
  type checkToken,
  createSession,
  discover,
  type Endpoint,
  type KeystoneError,
  type Scope,
  type ScopeRecord,
  type Session,
  type SessionState,
  type Token,
  validateToken,
} from "keystone-fetch";
import type { KyInstance } from "ky";
import { type Equals, is } from "./assert.ts";

declare const session: Session;
declare const auth: AuthMethod;
declare const signal: AbortSignal;
const authUrl = "https://keystone.example/v3";

// A session is what design and documentation say, by name and type.
is<
  Equals<
    keyof Session,
    | "state"
    | "subscribe"
    | "authenticate"
    | "token"
    | "rescope"
    | "restore"
    | "revoke"
    | "endpoint"
    | "service"
    | "fetch"
    | "projects"
    | "domains"
    | typeof Symbol.asyncDispose
  >
>();
is<Equals<ReturnType<typeof createSession>, Session>>();
is<Equals<ReturnType<Session["authenticate"]>, Promise<Token>>>();
is<Equals<ReturnType<Session["token"]>, Promise<Token>>>();
is<Equals<ReturnType<Session["rescope"]>, Session>>();
is<Equals<ReturnType<Session["restore"]>, Promise<boolean>>>();
is<Equals<ReturnType<Session["revoke"]>, Promise<void>>>();
is<Equals<ReturnType<Session["endpoint"]>, Promise<Endpoint>>>();
is<Equals<ReturnType<Session["service"]>, Promise<KyInstance>>>();
is<Equals<ReturnType<Session["projects"]>, Promise<ScopeRecord[]>>>();
is<Equals<ReturnType<Session["domains"]>, Promise<ScopeRecord[]>>>();
is<Equals<ReturnType<typeof discover>, Promise<ApiVersion[]>>>();
is<Equals<ReturnType<typeof validateToken>, Promise<Token>>>();
is<Equals<ReturnType<typeof checkToken>, Promise<boolean>>>();

// What may be given to its functions.
session.authenticate();
session.authenticate(auth);
session.authenticate([auth, auth], { signal, receipt: "r" });
session.authenticate(undefined, { signal: undefined });
session.token({ signal });
session.revoke({ signal: undefined });
session.endpoint("compute");
session.endpoint({ type: "compute", interface: ["internal", "public"], version: 2.1 });
session.service({ type: "compute", region: undefined, name: "nova", version: "v2.1" });
discover(new URL(authUrl), { fetch: session.fetch, signal });
discover(authUrl, { fetch: undefined, signal: undefined });
validateToken(session, "id", { allowExpired: true });

// @ts-expect-error: not a scope
session.rescope({ project: "web" });
// @ts-expect-error: a name without its domain
session.rescope({ project: { name: "web" } });
// @ts-expect-error: the scope is for its whole life
session.authenticate(auth, { scope: "unscoped" });
// @ts-expect-error: no such interface
session.endpoint({ type: "compute", interface: "publicURL" });
// @ts-expect-error: of what?
session.endpoint({ region: "RegionOne" });
// @ts-expect-error: nobody sets a state
session.state = { status: "unauthenticated" };
// @ts-expect-error: a password is no method
session.authenticate("s3cret");

// fetch fits whatever takes one, and whatever is one fits.
const asFetch: typeof globalThis.fetch = session.fetch;
createSession({ authUrl, fetch: asFetch });

// A state tells by its status what else it has.
export function told(state: SessionState): string | Date | KeystoneError | undefined {
  switch (state.status) {
    case "unauthenticated":
      is<Equals<(typeof state)["error"], KeystoneError | undefined>>();
      // @ts-expect-error: there is none
      return state.token;
    case "expired":
      is<Equals<(typeof state)["reason"], "time" | "rejected">>();
      return state.token.expiresAt;
    case "scoped":
    case "unscoped":
      is<Equals<(typeof state)["token"], Token>>();
      // @ts-expect-error: it has not ended
      return state.reason;
    default:
      is<Equals<typeof state, never>>();
      return undefined;
  }
}

// React's useSyncExternalStore takes them as they are.
declare function useSyncExternalStore<Snapshot>(
  subscribe: (onStoreChange: () => void) => () => void,
  getSnapshot: () => Snapshot,
): Snapshot;
const state = useSyncExternalStore(session.subscribe, () => session.state);
is<Equals<typeof state, SessionState>>();

// A token's scope is a scope.
export const again = (token: Token): Session => session.rescope(token.scope);
export const scopes: readonly Scope[] = [
  "unscoped",
  { project: { id: "0a74" } },
  { project: { name: "web", domain: { name: "Default" } } },
  { domain: { id: "default" } },
  { system: "all" },
  { trust: { id: "0a74" } },
];
