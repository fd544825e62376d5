import type { Session, SessionState } from "keystone-fetch";
import { type Accessor, createSignal, onCleanup, onMount } from "solid-js";

/** What a server renders, and a page at first, so that hydration finds the same. */
const signedOut: SessionState = Object.freeze({ status: "unauthenticated" });

/** The session's state as a signal. On a server nobody subscribes, so no timer is left behind. */
export function createSessionState(session: Session): Accessor<SessionState> {
  const [state, setState] = createSignal(signedOut);
  onMount(() => {
    onCleanup(session.subscribe(() => setState(session.state)));
    setState(session.state);
  });
  return state;
}
