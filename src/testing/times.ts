const second = 1000;

/** A time as Keystone keeps it: whole seconds. */
export const wholeSecond = (time: number): number => Math.floor(time / second) * second;

/** A time as in a token: `2026-11-22T04:40:07.000000Z`. */
export const tokenTime = (time: number): string =>
  new Date(time).toISOString().replace("Z", "000Z");

/** A time as in a record: the same without a zone. */
export const recordTime = (time: number): string => tokenTime(time).replace("Z", "");

/** A time in a request: UTC if it has no zone; NaN if it is not a time. */
export function readTime(value: unknown): number {
  if (typeof value !== "string") return Number.NaN;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(value);
  return Date.parse(hasZone ? value : `${value}Z`);
}
