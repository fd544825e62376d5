import type { Session, SessionState } from "keystone-fetch";
import { onMounted, onUnmounted, type ShallowRef, shallowRef } from "vue";

/** What a server renders, and a page at first, so that hydration finds the same. */
const signedOut: SessionState = Object.freeze({ status: "unauthenticated" });

/** The session's state as a ref. On a server nobody subscribes, so no timer is left behind. */
export function useSessionState(session: Session): Readonly<ShallowRef<SessionState>> {
  const state = shallowRef(signedOut);
  const take = () => {
    state.value = session.state;
  };
  let unsubscribe = () => {};
  onMounted(() => {
    unsubscribe = session.subscribe(take);
    take();
  });
  onUnmounted(() => unsubscribe());
  return state;
}
