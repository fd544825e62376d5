import type { Session, SessionState } from "keystone-fetch";
import type { Readable } from "svelte/store";

/** The session's state as a Svelte store, whose contract is to call subscribers at once. */
export function sessionState(session: Session): Readable<SessionState> {
  return {
    subscribe(run) {
      const unsubscribe = session.subscribe(() => run(session.state));
      run(session.state);
      return unsubscribe;
    },
  };
}
