import type { Session, SessionState, Token } from "keystone-fetch";
import { useSyncExternalStore } from "react";

/** The session's state; the component is rendered again when it changes, in whichever tab. */
export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

export const isLive = (state: SessionState): boolean =>
  state.status === "scoped" || state.status === "unscoped";

/** The token, even an expired one: the page goes on showing its content. */
export const tokenOf = (state: SessionState): Token | undefined =>
  state.status === "unauthenticated" ? undefined : state.token;
