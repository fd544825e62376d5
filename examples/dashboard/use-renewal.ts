import type { Session } from "keystone-fetch";
import { useEffect, useState } from "react";
import { isLive, tokenOf, useSessionState } from "./use-session-state.ts";

/**
 * Keeps this tab's session as young as the sign-in: a token that was got from another ends with it,
 * so after the password was given again, here or in another tab, it takes a new one.
 *
 * @returns whether Keystone does not give one: the password is needed
 */
export function useRenewal(login: Session, session: Session = login): boolean {
  const above = useSessionState(login);
  const own = useSessionState(session);
  const [refused, setRefused] = useState(false);
  const parent = tokenOf(above);
  const mine = tokenOf(own);

  useEffect(() => {
    setRefused(false);
    if (session === login || !isLive(above) || !parent || !mine) return;
    if (isLive(own) && mine.expiresAt >= parent.expiresAt) return;
    session.authenticate().catch(() => setRefused(session.state.status === "expired"));
  }, [login, session, above, own, parent, mine]);

  return refused;
}
