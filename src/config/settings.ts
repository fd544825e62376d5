import { expect } from "../expect.ts";

/**
 * What somebody configured, under the names that OpenStack's tools share: `user_domain_id` is
 * OS_USER_DOMAIN_ID in a shell, and `auth.user_domain_id` in a clouds.yaml.
 */
export interface Settings {
  /** The value of the first of these names that has one. */
  readonly get: (...names: string[]) => string | undefined;
  /** How the user writes it: the first of these names that has a value, else the first. */
  readonly placeOf: (...names: string[]) => string;
  /** @throws {OptionsError} where none of these names has a value. */
  readonly need: (expected: string, ...names: string[]) => string;
  /** All names that have a value. */
  readonly names: readonly string[];
}

/** A value and where it is written. */
export type Entry = readonly [name: string, value: unknown, place: string];

/**
 * @param entries of the same name the last counts; an empty one never does
 * @param usual where a name would be written
 */
export function createSettings(
  entries: readonly Entry[],
  usual: (name: string) => string,
): Settings {
  const given = new Map(
    entries
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value, place]) => [name, { value, place }]),
  );
  const placeOf = (...names: string[]) => {
    const name = names.find((one) => given.has(one));
    return given.get(name ?? "")?.place ?? usual(names[0] ?? "");
  };
  const get = (...names: string[]) => {
    const name = names.find((one) => given.has(one)) ?? "";
    return given.has(name) ? textOf(given.get(name)?.value, placeOf(name)) : undefined;
  };
  return {
    get,
    placeOf,
    need: (expected, ...names) => {
      const value = get(...names);
      expect(value, placeOf(...names), expected);
      return value;
    },
    names: [...given.keys()],
  };
}

/**
 * A value as text; a list is joined by commas, as it is written in a shell.
 *
 * @throws {OptionsError} for what is none.
 */
export function textOf(value: unknown, place: string): string {
  if (Array.isArray(value)) return value.map((one) => textOf(one, place)).join();
  // YAML reads `password: 123` as a number; a longer one has lost digits.
  const number = typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  expect(number || typeof value === "string", place, "a string, in quotes");
  return `${value}`;
}
