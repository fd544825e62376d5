import { expect } from "../../expect.ts";
import { expectKnown } from "./expect-known.ts";
import { expectObject } from "./expect-object.ts";
import { expectReference, type ReferenceKind, referenceKinds } from "./reference.ts";

/** The ways in which a server compares a string, behind the attribute's name and two underscores. */
const comparators = [
  "contains",
  "startswith",
  "endswith",
  "icontains",
  "istartswith",
  "iendswith",
] as const;

type Comparator = (typeof comparators)[number];

/** Inexact filters on these attributes, such as `name__contains`; those with an i ignore case. */
export type Inexact<Attribute extends string> = {
  readonly [Filter in `${Attribute}__${Comparator}`]?: string | undefined;
};

/** Options of lists that may come in pages. */
export interface Paging {
  /** Records per page. Default 500. */
  readonly limit?: number | undefined;
  /** The id of the record after which the list begins. */
  readonly marker?: string | undefined;
}

/**
 * - "plain": every release takes it;
 * - "inexact": the same, and by each comparator too, which is compared here where a release refuses
 *   it or compares after it has cut the page;
 * - "checked": compared here as a whole where a release refuses it;
 * - "tags": a project's tags, compared here where a release does so after it has cut the page;
 * - "flag": counts as set by any value but 0, so that `false` must not be sent;
 * - "paging": says which part of the list is meant;
 * - a kind of thing: takes its id, or a reference to it.
 */
export type FilterKind =
  | "plain"
  | "inexact"
  | "checked"
  | "tags"
  | "flag"
  | "paging"
  | ReferenceKind;

type Name<Filter> = Filter extends `${string}__${Comparator}` ? never : Filter;

/** The filters of a list: all of those in the type of its query, and no other. */
export type Filters<Query> = {
  readonly [Filter in keyof Query as Name<Filter>]-?: `${Filter & string}__contains` extends keyof Query
    ? "inexact"
    : Exclude<FilterKind, "inexact">;
};

/** The same where any will do. */
export type AnyFilters = Readonly<Record<string, FilterKind>>;

/** What a filter may be: a list is sent as the API wants it, with commas; a Date in UTC. */
export type FilterValue = string | number | boolean | Date | readonly string[] | null | undefined;

/**
 * Checks a query against the filters that its list has.
 *
 * @throws {OptionsError} for a filter that it does not have, or a value that no query can say.
 */
export function expectQuery(query: object, filters: AnyFilters): void {
  const names = Object.entries(filters).flatMap(([name, kind]) =>
    kind === "inexact" ? [name, ...comparators.map((how) => `${name}__${how}`)] : [name],
  );
  expectKnown(expectObject(query, "query"), names, "query");
  for (const [name, value] of Object.entries(query)) {
    const kind = filters[name];
    if (value === undefined || value === null) continue;
    if (isReferenceKind(kind)) expectReference(value, kind, `query.${name}`);
    else expect(isValue(value), `query.${name}`, "a string, number, boolean, Date or string[]");
    const isLimit = /^[1-9]\d*$/.test(String(value));
    if (name === "limit") expect(isLimit, "query.limit", "a whole number above 0");
  }
}

export const isReferenceKind = (kind: FilterKind | undefined): kind is ReferenceKind =>
  kind !== undefined && Object.hasOwn(referenceKinds, kind);

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((part) => typeof part === "string");
  if (value instanceof Date || typeof value === "number") return !Number.isNaN(Number(value));
  return typeof value === "string" || typeof value === "boolean";
}
