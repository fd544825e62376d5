import type { Session, State, Token } from "keystone-fetch";
import { useSyncExternalStore } from "react";

/** The session's state; the component is drawn again when it changes, in whichever tab. */
export function useSessionState(session: Session): State {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

export const isLive = (state: State): boolean =>
  state.status === "scoped" || state.status === "unscoped";

/** The token, also one that is over: the page goes on showing what it was good for. */
export const tokenOf = (state: State): Token | undefined =>
  state.status === "unauthenticated" ? undefined : state.token;
