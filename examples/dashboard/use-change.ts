import { useState } from "react";
import { type Doing, explain, type Problem } from "./explain.ts";

export interface Changes {
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** @returns whether it was done */
  readonly change: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** A change that somebody asked for: whether it is under way, and why Keystone refused it. */
export function useChange(authUrl: string, doing: Doing = "save"): Changes {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function change(work: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(await explain(error, authUrl, doing));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, change };
}
