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

/** Attributes of any resource that hold a secret. */
const secrets = ["password", "secret", "blob"];

/**
 * What was given as the attributes of a thing. A server repeats what it refuses, and only a text is
 * found in its words again: so a secret goes out as nothing else.
 *
 * @throws {OptionsError} for what is no object, or has a secret in it that is no text; it names that.
 */
export function attributes<T extends object>(thing: T, option: string): T {
  given(thing, option);
  for (const name of secrets) {
    const secret = Object(thing)[name] ?? "";
    expect(typeof secret === "string", `${option}.${name}`, "a string");
  }
  return thing;
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
