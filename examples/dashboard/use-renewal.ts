import type { Session } from "keystone-fetch";
import { useEffect, useState } from "react";
import { isLive, tokenOf, useSessionState } from "./use-session-state.ts";

/**
 * Renews this tab's session along with the sign-in: its token, obtained with that of the sign-in,
 * expires with it. After the password was entered again, here or in another tab, the session gets a
 * new token.
 *
 * @returns whether Keystone refused one, so that the password is needed
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
