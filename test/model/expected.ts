/**
 * The diagram of states, followed from outside the session: what it may be in, by what was seen on
 * the line. Where one cannot know (a stored token may have been taken up, a given up `revoke()` may
 * still go on), there is more than one.
 */
import type { SessionState as State } from "../../src/session/transition.ts";

export type Expected = ReturnType<typeof createExpected>;

export const live = (id: string) => `live ${id}`;
const expired = (id: string, reason: string) => `expired ${id} ${reason}`;

/** A state as a text. */
export function describe(state: State): string {
  if (state.status === "unauthenticated") return state.error ? "unauthenticated!" : state.status;
  const { token } = state;
  return state.status === "expired" ? expired(token.id, state.reason) : live(token.id);
}

/**
 * @param isOver whether a token's time is over, by the local clock
 * @param mayBeOver whether it depends on when it was taken up: its receipt lies in the future since
 * the clock was set back
 */
export function createExpected(
  isOver: (id: string) => boolean,
  mayBeOver: (id: string) => boolean,
) {
  let possible = new Set(["unauthenticated"]);
  const idOf = (state: string) => (state.startsWith("live ") ? state.slice(5) : "");
  const ids = () => [...possible].map(idOf).filter((id) => id);
  let touched = false;
  const become = (...states: string[]) => {
    possible = new Set(states);
    touched = true;
  };
  const ended = (id: string, reasons: string[]) => {
    if (!possible.delete(live(id))) return;
    touched = true;
    for (const reason of reasons) possible.add(expired(id, reason));
  };

  return {
    /** The tokens that it may have now. */
    tokens: ids,
    /** The token that it has for sure, if one can know. */
    sure: () => (possible.size === 1 ? ids()[0] : undefined),
    /** Whether it has, for sure, a token whose time is not over. */
    isLive: () => ids().length === possible.size && !ids().some(isOver),
    /** Whether it may have seen that token's end. */
    maySawEnd: (id: string) => [...possible].some((state) => state.startsWith(expired(id, ""))),
    /** A login succeeded, or a request left with this token: it is what the session has. */
    has: (id: string) => {
      become(live(id));
    },
    /** Somebody answered 401 to this token. */
    rejected: (id: string) => ended(id, isOver(id) ? ["rejected", "time"] : ["rejected"]),
    mayBeRejected: (id: string) => {
      if (possible.has(live(id))) become(...possible, expired(id, "rejected"));
    },
    mayHave: (id: string) => {
      if (!isOver(id)) possible.add(live(id));
    },
    revoked: (error?: unknown) => {
      // To revoke nothing changes nothing.
      const still = possible.has("unauthenticated!") ? ["unauthenticated!"] : [];
      become(...(error ? ["unauthenticated!"] : ["unauthenticated", ...still]));
    },
    mayBeRevoked: () => {
      possible.add("unauthenticated").add("unauthenticated!");
    },
    /** Whose time is over may have seen it, and does not forget it when the clock is set back. */
    mayEnd: () => {
      for (const id of ids()) {
        if (isOver(id) || mayBeOver(id)) possible.add(expired(id, "time"));
      }
    },
    /** What it has to be in when it is asked: one of these. */
    look: () => {
      for (const id of ids()) if (isOver(id)) ended(id, ["time"]);
      return possible;
    },
    saw: (state: string) => {
      possible = new Set([state]);
      touched = false;
    },
    /** Whether nothing happened to it since it was seen. */
    untouched: () => !touched,
  };
}
