import type { KeystoneError } from "../errors.ts";
import type { Token } from "../token.ts";

/** Where a session stands. Frozen, and the same object until it changes. */
export type SessionState =
  | {
      readonly status: "unauthenticated";
      /** Why the last `revoke()` did not reach the server. */
      readonly error?: KeystoneError;
    }
  | LiveState
  | {
      readonly status: "expired";
      readonly token: Token;
      readonly endsAt: Date;
      /** Whether its time has passed, or a server rejected it before that. */
      readonly reason: "time" | "rejected";
    };

/** The states with a token that may be used. */
interface LiveState {
  readonly status: "unscoped" | "scoped";
  readonly token: Token;
  /** When the token will count as expired, by the local clock. */
  readonly endsAt: Date;
}

/** What can happen to a session. */
export type SessionEvent =
  | { readonly type: "authenticated"; readonly token: Token; readonly endsAt: Date }
  | { readonly type: "expired"; readonly token: Token; readonly reason: "time" | "rejected" }
  | { readonly type: "revoked"; readonly error?: KeystoneError };

/** The whole state machine: pure, total, and the only place where states are made. */
export function transition(state: SessionState, event: SessionEvent): SessionState {
  if (event.type === "authenticated") {
    const { token, endsAt } = event;
    return { status: token.scope === "unscoped" ? "unscoped" : "scoped", token, endsAt };
  }
  if (event.type === "expired") {
    // Late news about a token that was replaced, or is known to be dead, changes nothing.
    if (!isLive(state) || state.token.id !== event.token.id) return state;
    const { token, endsAt } = state;
    return { status: "expired", token, endsAt, reason: event.reason };
  }
  const { error } = event;
  if (error) return { status: "unauthenticated", error };
  return state.status === "unauthenticated" ? state : { status: "unauthenticated" };
}

/** Whether a state has a token that may be used. */
export function isLive(state: SessionState): state is LiveState {
  return state.status === "scoped" || state.status === "unscoped";
}
