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
 * Loads what a view shows. What is there stays while it is loaded again, and over the end of the
 * token; it is loaded again when there is a new one. What another project or domain showed is gone.
 *
 * @param load the same function as long as the same is wanted
 */
export function useLoad<T>(
  session: Session,
  authUrl: string,
  load: (session: Session) => Promise<T>,
) {
  const live = isLive(useSessionState(session));
  const [last, setLast] = useState<Loaded<T>>({ session });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is why it runs again
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
