import { array, boolean, fallback, looseObject, nullish, unknown } from "valibot";
import { read } from "../../wire/read.ts";
import type { Kind } from "./kind.ts";
import { recordReader } from "./read-record.ts";

/** A list as a server sent it. */
export interface Part<T> {
  readonly records: readonly T[];
  /** What is on it but is not such a record: it has no id. */
  readonly skipped: readonly unknown[];
  readonly truncated: boolean;
  /** Whether the server says that there is more. */
  readonly more: boolean;
}

/**
 * Reads a list record by record: one that can't be read costs itself alone.
 *
 * @throws {ResponseError} if it is not a list.
 */
export function readMany<T>(
  { many, schema }: Pick<Kind<T>, "many" | "schema">,
  body: unknown,
): Part<T> {
  const shape = looseObject({
    [many]: array(unknown()),
    truncated: fallback(nullish(boolean()), false),
  });
  const document = read(shape, body, `a list of ${many}`);
  const records: T[] = [];
  const skipped: unknown[] = [];
  const readRecord = recordReader(schema);
  for (const one of document[many] as unknown[]) {
    const record = readRecord(one);
    if (record === undefined) skipped.push(one);
    else records.push(record);
  }
  return {
    records,
    skipped,
    truncated: document.truncated === true,
    // Its address is often wrong, so nothing else of it counts.
    more: hasNext(document.links),
  };
}

function hasNext(links: unknown): boolean {
  return typeof links === "object" && links !== null && "next" in links && Boolean(links.next);
}
