import type { Entity } from "./world.ts";

const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
};

/**
 * The records that a query asks for: `name=x`, `enabled=0`, `name__icontains=x`. As in Keystone, an
 * unknown filter is ignored, so that all records are returned.
 */
export function filtered(
  entities: readonly Entity[],
  query: URLSearchParams,
  filters: readonly string[],
): Entity[] {
  const tests = [...query].flatMap(([key, wanted]) => test(key, wanted, filters) ?? []);
  return entities.filter((entity) => tests.every((passes) => passes(entity)));
}

function test(
  key: string,
  wanted: string,
  filters: readonly string[],
): ((entity: Entity) => boolean) | undefined {
  const [attribute = "", comparison] = key.split("__");
  if (!filters.includes(attribute)) return undefined;
  if (comparison === undefined) return (entity) => equals(entity[attribute], wanted);
  const ignoresCase = comparison.startsWith("i");
  const compare = comparisons[ignoresCase ? comparison.slice(1) : comparison];
  if (!compare) return undefined;
  const fold = (value: string): string => (ignoresCase ? value.toLowerCase() : value);
  return (entity) => compare(fold(String(entity[attribute] ?? "")), fold(wanted));
}

function equals(value: unknown, wanted: string): boolean {
  if (typeof value === "boolean") return value === isTrue(wanted);
  // The database of the tests compares without regard to case, as most clouds' does.
  return String(value ?? "").toLowerCase() === wanted.toLowerCase();
}

const isTrue = (wanted: string): boolean => !["0", "false", "False"].includes(wanted);

/** Whether a flag is set: only `0` is false, so that `effective=false` is true. */
export const isFlagged = (query: URLSearchParams, name: string): boolean =>
  query.has(name) && query.get(name) !== "0";
