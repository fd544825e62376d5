import { expect } from "../expect.ts";
import { isEmpty } from "./table.ts";

/** A value, and where it is written. */
export interface Setting {
  readonly name: string;
  readonly value: unknown;
  readonly place: string;
}

/**
 * What was configured, under the names that OpenStack's tools share: `user_domain_id` is
 * OS_USER_DOMAIN_ID in a shell, and `auth.user_domain_id` in a clouds.yaml.
 */
export interface Settings {
  /** Whether one of these names has a value. */
  readonly has: (...names: string[]) => boolean;
  /**
   * The value of the first of these names that has one.
   *
   * @throws {OptionsError} if it is not a string.
   */
  readonly get: (...names: string[]) => string | undefined;
  /** The same where several are allowed: a list, or one string with commas. */
  readonly list: (...names: string[]) => string[];
  /** Yes or no, as YAML or a shell has it; undefined for anything else. */
  readonly flag: (name: string) => boolean | undefined;
  /** @throws {OptionsError} where none of these names has a value. */
  readonly need: (expected: string, ...names: string[]) => string;
  /** How the user writes it: the first of these names that has a value, else the first. */
  readonly placeOf: (...names: string[]) => string;
  /** All names that have a value. */
  readonly names: readonly string[];
  /** Those of them whose value was not read. */
  readonly unread: () => string[];
}

/**
 * @param given of several with the same name, the last counts; an empty one never does
 * @param usual where a name that is not given would be written
 */
export function createSettings(
  given: readonly Setting[],
  usual: (name: string) => string,
): Settings {
  const settings = new Map<string, Setting>();
  for (const setting of given) {
    if (!isEmpty(setting.value)) settings.set(setting.name, setting);
  }
  const read = new Set<string>();

  function find(names: readonly string[]): Setting | undefined {
    const name = names.find((one) => settings.has(one));
    return name === undefined ? undefined : settings.get(name);
  }
  function placeOf(...names: string[]): string {
    return find(names)?.place ?? usual(names[0] ?? "");
  }
  function get(...names: string[]): string | undefined {
    const setting = find(names);
    if (!setting) return undefined;
    read.add(setting.name);
    return asString(setting.value, setting.place);
  }
  function list(...names: string[]): string[] {
    const setting = find(names);
    if (!setting) return [];
    read.add(setting.name);
    return asList(setting.value, setting.place);
  }
  function flag(name: string): boolean | undefined {
    const value = `${settings.get(name)?.value}`.toLowerCase();
    if (["true", "yes", "on", "1"].includes(value)) return true;
    return ["false", "no", "off", "0"].includes(value) ? false : undefined;
  }
  function need(expected: string, ...names: string[]): string {
    const value = get(...names);
    expect(value, placeOf(...names), expected);
    return value;
  }
  return {
    has: (...names) => find(names) !== undefined,
    get,
    list,
    flag,
    need,
    placeOf,
    names: [...settings.keys()],
    unread: () => [...settings.keys()].filter((name) => !read.has(name)),
  };
}

/**
 * @throws {OptionsError} for anything that is neither a string nor a number that is still as it was
 * written.
 */
export function asString(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  // YAML reads `password: 123` as a number; a long one loses digits.
  const exact = typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  expect(exact, place, "a string, in quotes");
  return `${value}`;
}

/** A list, or one string with commas, as in a shell. */
export function asList(value: unknown, place: string): string[] {
  const items: unknown[] = Array.isArray(value)
    ? Array.from(value)
    : asString(value, place).split(",");
  return items.map((item) => asString(item, place).trim()).filter((item) => item !== "");
}
