import type { AnyFilters, FilterValue } from "./filters.ts";

/** A query string of what was given: some releases refuse an empty value. */
export function searchParams(query: object, filters: AnyFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, FilterValue][]) {
    const words = filterText(value);
    if (words === "") continue;
    if (filters[name] !== "flag") params.set(name, words);
    else if (value) params.set(name, "1");
  }
  return params;
}

/** A filter as the API wants it; empty for what is not given. */
export function filterText(value: FilterValue): string {
  // To the second, as the API's filters have it.
  if (value instanceof Date) return value.toISOString().replace(/\.\d+/, "");
  return String(value ?? "");
}
