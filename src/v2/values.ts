/** Guards for values that come from outside. */

import { isRecord } from "../is-record.ts";
import { readTime } from "../token.ts";

/** The objects in a list; none for anything else. */
export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A string that is not empty: empty counts as absent. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Milliseconds since 1970. */
export function time(value: unknown): number | undefined {
  const moment = text(value);
  if (moment === undefined) return undefined;
  const milliseconds = readTime(moment).getTime();
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
