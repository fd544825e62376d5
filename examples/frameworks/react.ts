import type { Session, SessionState } from "keystone-fetch";
import { useSyncExternalStore } from "react";

/** What a server renders, and a page at first, so that hydration finds the same. */
const signedOut: SessionState = Object.freeze({ status: "unauthenticated" });

/** The session's state, in a component that renders again when it changes. */
export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(
    session.subscribe,
    () => session.state,
    () => signedOut,
  );
}
