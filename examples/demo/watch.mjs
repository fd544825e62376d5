import { bold, green, line, red } from "./print.mjs";

/**
 * Prints a session's states as they change.
 *
 * @param {import("keystone-fetch").Session} session
 * @param {string} [name]
 * @returns {() => void} ends it
 */
export function watch(session, name = "session") {
  let before = describe(session.state);
  return session.subscribe(() => {
    const now = describe(session.state);
    const colour = session.state.status === "expired" ? red : green;
    line(name, `${before} → ${bold(colour(now))}`);
    before = now;
  });
}

/** @param {import("keystone-fetch").SessionState} state */
function describe(state) {
  return state.status === "expired" ? `expired (${state.reason})` : state.status;
}
