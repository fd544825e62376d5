import type { Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { explain, type Problem } from "./explain.ts";
import { isLive, useSessionState } from "./use-session-state.ts";

interface Loaded<T> {
  readonly session: Session;
  readonly data?: T;
  readonly problem?: Problem;
}

/**
 * Loads what a view shows. The old content stays while it is loaded again, and after the token has
 * expired; it is loaded again when there is a new token. Content of another project or domain
 * disappears.
 *
 * @param load the same function as long as the same content is wanted
 */
export function useLoad<T>(
  session: Session,
  authUrl: string,
  load: (session: Session) => Promise<T>,
) {
  const live = isLive(useSessionState(session));
  const [last, setLast] = useState<Loaded<T>>({ session });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs again for another try
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    load(session).then(
      (data) => wanted && setLast({ session, data }),
      async (error) => {
        const problem = await explain(error, authUrl, "load");
        if (wanted) setLast((before) => ({ ...of(session, before), problem }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [session, authUrl, load, live, tries]);

  const retry = useCallback(() => {
    setLast((before) => ({ ...before, problem: undefined }));
    setTries((count) => count + 1);
  }, []);
  return { ...of(session, last), retry };
}

const of = <T>(session: Session, loaded: Loaded<T>): Loaded<T> =>
  loaded.session === session ? loaded : { session };
