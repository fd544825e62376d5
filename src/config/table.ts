/** What a parser returns for a table; anything else has no names and no values. */
export type Table = Readonly<Record<string, unknown>>;

/** Empty counts as absent: null, "" and an empty list. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === "";
}
