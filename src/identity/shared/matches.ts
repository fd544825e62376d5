import type { AnyFilters, FilterValue } from "./filters.ts";
import { filterText } from "./search-params.ts";

type Values = Readonly<Record<string, unknown>>;

const inexact = /^(.+)__(i?)(contains|startswith|endswith)$/;

/** What a query has that can be compared here too, by its names. */
export function comparable(query: object, filters: AnyFilters): string[] {
  return Object.entries(query).flatMap(([name, value]) => {
    const kind = filters[name];
    // Some releases refuse a parent_id that is a domain's.
    const isRefused = kind === "checked" || name === "parent_id";
    const here = inexact.test(name) || isRefused || kind === "tags";
    return here && filterText(value) !== "" ? [name] : [];
  });
}

/** Whether a record passes those filters of a query, as a server would see it. */
export function matches(record: unknown, query: object, names: readonly string[]): boolean {
  const [attributes, wanted] = [record as Values, query as Readonly<Record<string, FilterValue>>];
  return names.every((name) => passes(attributes, name, wanted[name]));
}

function passes(record: Values, name: string, wanted: FilterValue): boolean {
  const tags = tagTests[name];
  if (tags) return tags(tagsOf(wanted), tagsOf(record.tags));
  const [, attribute, ignoreCase, how] = inexact.exec(name) ?? [];
  if (attribute === undefined) return String(record[name] ?? "") === filterText(wanted);
  const fold = (words: string) => (ignoreCase ? words.toLowerCase() : words);
  const [whole, part] = [fold(String(record[attribute] ?? "")), fold(filterText(wanted))];
  if (how === "contains") return whole.includes(part);
  return how === "startswith" ? whole.startsWith(part) : whole.endsWith(part);
}

type TagTest = (wanted: readonly string[], tags: readonly string[]) => boolean;

const all: TagTest = (wanted, tags) => wanted.every((tag) => tags.includes(tag));
const any: TagTest = (wanted, tags) => wanted.some((tag) => tags.includes(tag));

const tagTests: Readonly<Record<string, TagTest>> = {
  tags: all,
  "tags-any": any,
  "not-tags": (wanted, tags) => !all(wanted, tags),
  "not-tags-any": (wanted, tags) => !any(wanted, tags),
};

/** A list of tags, which may be written with commas. */
function tagsOf(value: unknown): string[] {
  const words = Array.isArray(value) ? value.join() : String(value ?? "");
  return words === "" ? [] : words.split(",");
}
