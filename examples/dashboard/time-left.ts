import type { Token } from "keystone-fetch";
import { useEffect, useState } from "react";
import { keystoneNow } from "./keystone-clock.ts";

export interface TimeLeft {
  readonly seconds: number;
  /** In words, such as "42 min", and by the second when there is not much left. */
  readonly words: string;
  /** Whether it is time to ask for more: five minutes are left, or a fifth of a short life. */
  readonly soon: boolean;
}

/** How long a token is still valid; the component is rendered again each second. */
export function useTimeLeft({ issuedAt, expiresAt }: Token): TimeLeft {
  const [now, setNow] = useState(keystoneNow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new token resets the clock
  useEffect(() => {
    setNow(keystoneNow());
    const timer = setInterval(() => setNow(keystoneNow()), 1000);
    return () => clearInterval(timer);
  }, [issuedAt]);
  const life = (expiresAt.getTime() - issuedAt.getTime()) / 1000;
  const seconds = Math.max(0, Math.round((expiresAt.getTime() - now) / 1000));
  return { seconds, words: inWords(seconds), soon: seconds <= Math.min(300, life / 5) };
}

export function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 300) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
