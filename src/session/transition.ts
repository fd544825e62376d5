import type { KeystoneError } from "../errors.ts";
import type { Token } from "../token.ts";

/** Where a session stands. Frozen, and the same object until it changes. */
export type State =
  | {
      readonly status: "unauthenticated";
      /** Why the server could not be told of the last `revoke()`. */
      readonly error?: KeystoneError;
    }
  | { readonly status: "unscoped"; readonly token: Token }
  | { readonly status: "scoped"; readonly token: Token }
  | {
      readonly status: "expired";
      readonly token: Token;
      /** Its time is over, or a server rejected it before that. */
      readonly reason: "time" | "rejected";
    };

/** What can happen to a session. */
export type Event =
  | { readonly type: "authenticated"; readonly token: Token }
  | { readonly type: "spent"; readonly token: Token; readonly reason: "time" | "rejected" }
  | { readonly type: "revoked"; readonly error?: KeystoneError };

/** The whole state machine: pure, total, and the only place where states are made. */
export function transition(state: State, event: Event): State {
  if (event.type === "authenticated") {
    const { token } = event;
    return { status: token.scope === "unscoped" ? "unscoped" : "scoped", token };
  }
  if (event.type === "spent") {
    // Late news of a token that was replaced, or whose end is known, changes nothing.
    const token = liveToken(state);
    return token && token.id === event.token.id
      ? { status: "expired", token, reason: event.reason }
      : state;
  }
  const { error } = event;
  if (error) return { status: "unauthenticated", error };
  return state.status === "unauthenticated" ? state : { status: "unauthenticated" };
}

/** The state's token, if it may be used. */
export function liveToken(state: State): Token | undefined {
  return state.status === "scoped" || state.status === "unscoped" ? state.token : undefined;
}
