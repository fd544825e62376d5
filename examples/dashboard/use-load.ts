import type { Session } from "keystone-fetch";
import { useCallback, useEffect, useState } from "react";
import { explain, type Problem } from "./explain.ts";
import { isLive, useSessionState } from "./use-session-state.ts";

interface Loaded<T> {
  readonly data?: T;
  readonly problem?: Problem;
}

/**
 * Loads what a view shows. What is there stays while it is loaded again, and over the end of the
 * token; it is loaded again when there is a new one.
 *
 * @param load the same function as long as the same is wanted
 */
export function useLoad<T>(
  session: Session,
  authUrl: string,
  load: (session: Session) => Promise<T>,
) {
  const live = isLive(useSessionState(session));
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is why it runs again
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    const show = (next: (before: Loaded<T>) => Loaded<T>) => wanted && setLoaded(next);
    load(session).then(
      (data) => show(() => ({ data })),
      async (error) => {
        const problem = await explain(error, authUrl, "load");
        show(({ data }) => ({ data, problem }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [session, authUrl, load, live, tries]);

  return { ...loaded, retry: useCallback(() => setTries((count) => count + 1), []) };
}
