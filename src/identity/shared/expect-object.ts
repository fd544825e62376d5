import { expect } from "../../expect.ts";

/**
 * The value of an option, if that is an object.
 *
 * @throws {OptionsError} for anything else.
 */
export function expectObject<T extends object>(value: T, option: string): T {
  const plain = typeof value === "object" && value && !Array.isArray(value);
  expect(plain, option, "an object");
  return value;
}

/**
 * Checks that exactly one of several choices was made.
 *
 * @throws {OptionsError} otherwise.
 */
export function expectOne(option: string, choices: Readonly<Record<string, unknown>>): void {
  const made = Object.values(choices).filter((value) => value !== undefined);
  expect(made.length === 1, option, `exactly one of ${Object.keys(choices).join(", ")}`);
}
