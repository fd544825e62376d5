import { recordOf } from "../is-record.ts";

/** What a parser returns for a table; anything else has no names and no values. */
export type Table = Readonly<Record<string, unknown>>;

/**
 * A table with what YAML's merge key (`<<: *common`) brings into it, which not every parser resolves.
 * What the table itself has counts more.
 *
 * @param depth how many such keys lead here: an alias may contain itself
 */
export function tableOf(value: unknown, depth = 0): Table {
  const { "<<": merged, ...own } = recordOf(value);
  if (merged === undefined || depth > 10) return own;
  const others = [merged].flat().map((one) => tableOf(one, depth + 1));
  // Of several with the same name, the last entry counts.
  return Object.fromEntries([own, ...others].reverse().flatMap(Object.entries));
}

/** Empty counts as absent: null, "" and an empty list. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === "";
}
