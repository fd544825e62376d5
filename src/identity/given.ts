import { expect } from "../expect.ts";

/**
 * What was given as an option, if that is an object.
 *
 * @throws {OptionsError} for anything else.
 */
export function given<T extends object>(value: T, option: string): T {
  const plain = typeof value === "object" && value && !Array.isArray(value);
  expect(plain, option, "an object");
  return value;
}

/**
 * Looks that one of several choices was made, and not two that exclude each other.
 *
 * @throws {OptionsError} otherwise.
 */
export function expectOne(option: string, choices: Readonly<Record<string, unknown>>): void {
  const made = Object.values(choices).filter((value) => value !== undefined);
  expect(made.length === 1, option, `one of ${Object.keys(choices).join(", ")}`);
}
