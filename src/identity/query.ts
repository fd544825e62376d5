import { expect } from "../expect.ts";

/** What a filter may be: a list is sent as the API wants it, with commas; a Date in UTC. */
type Value = string | number | boolean | Date | readonly string[] | null | undefined;

/** The ways in which a server compares a text, behind the attribute's name and two underscores. */
type Comparator =
  | "contains"
  | "startswith"
  | "endswith"
  | "icontains"
  | "istartswith"
  | "iendswith";

/** Inexact filters on these attributes, as in `name__contains`; those with an i ignore case. */
export type Inexact<Attribute extends string> = {
  readonly [Filter in `${Attribute}__${Comparator}`]?: string | undefined;
};

/**
 * A query string of what was given: some releases refuse an empty value.
 *
 * @param flags what counts as set by any value but 0, so that `false` must not be sent
 * @throws {OptionsError} for what no query can say; it names the filter.
 */
export function searchParams(query: object, flags: readonly string[] = []): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, Value][]) {
    const flag = flags.includes(name);
    expect(isValue(value), `query.${name}`, "a text, a number, a boolean, a date or texts");
    const text = value instanceof Date ? utc(value) : String(value ?? "");
    if (text === "" || (flag && !value)) continue;
    params.set(name, flag ? "1" : text);
  }
  return params;
}

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((part) => typeof part === "string");
  if (value instanceof Date || typeof value === "number") return !Number.isNaN(Number(value));
  return value === null || ["string", "boolean", "undefined"].includes(typeof value);
}

/** To the second, as the API's filters have it. */
const utc = (time: Date) => time.toISOString().replace(/\.\d+/, "");

const inexact = /^(.+)__(i?)(contains|startswith|endswith)$/;

/** The filters of a query that compare whole values. */
export function exact(query: object): object {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !inexact.test(name)));
}

/** Whether a record passes the inexact filters of a query, as a server would see it. */
export function passes(record: unknown, query: object): boolean {
  return Object.entries(query).every(([name, wanted]) => {
    const [, attribute = "", ignoreCase, how] = inexact.exec(name) ?? [];
    if (!how || !wanted) return true;
    const fold = (text: unknown) => (ignoreCase ? `${text}`.toLowerCase() : `${text}`);
    const [text, part] = [fold(Object(record)[attribute] ?? ""), fold(wanted)];
    if (how === "contains") return text.includes(part);
    return how === "startswith" ? text.startsWith(part) : text.endsWith(part);
  });
}
