import { type KeystoneError, OptionsError } from "./errors.ts";
import { isRecord } from "./is-record.ts";

/**
 * Checks an option. The given value is never repeated: it may be a secret in the wrong place.
 *
 * @throws {OptionsError} naming the option and what was expected.
 */
export function expect(
  ok: unknown,
  option: string,
  expected: string,
  type: new (message: string) => KeystoneError = OptionsError,
): asserts ok {
  if (!ok) throw new type(`${option}: expected ${expected}`);
}

/** The first name in an object that is none of these. One whose value is undefined does not count. */
export function unknownName(given: object, names: readonly string[]): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && !names.includes(name)) return name.slice(0, 50);
  }
  return undefined;
}

/** Checks that an object has no names but these: a misspelt one would do nothing. */
export function expectNames(given: object, names: readonly string[]): void {
  const unknown = unknownName(given, names);
  expect(unknown === undefined, String(unknown), `one of ${names.join(", ")}`);
}

/** Checks that an option is absent, or a signal. */
export function expectSignal(value: unknown): asserts value is AbortSignal | null | undefined {
  const isSignal = typeof (value as AbortSignal | null | undefined)?.throwIfAborted === "function";
  expect(isSignal || value === undefined || value === null, "signal", "an AbortSignal");
}

/**
 * Checks the options of a call, and returns their signal.
 *
 * @param names all that the call takes
 */
export function readSignal(
  options: unknown,
  names: readonly string[] = ["signal"],
): AbortSignal | undefined {
  if (options === undefined || options === null) return undefined;
  // A signal by itself has no names of its own, and would be ignored.
  const isOptions = isRecord(options) && !("throwIfAborted" in options);
  expect(isOptions, "options", `an object with ${names.join(", ")}`);
  expectNames(options, names);
  const { signal } = options;
  expectSignal(signal);
  return signal ?? undefined;
}

/** Checks that an option is a string with something in it. */
export function expectText(value: unknown, option: string): asserts value is string {
  expect(typeof value === "string" && value, option, "a non-empty string");
}

/** Checks that an option is absent, or a string. */
export function expectOptional(
  value: unknown,
  option: string,
): asserts value is string | null | undefined {
  expect(value === undefined || value === null || typeof value === "string", option, "a string");
}

/** Checks that a value is a request, as far as its headers are needed. */
export function expectRequest(value: { readonly headers?: unknown } | null | undefined): void {
  const headers = value?.headers as Partial<Headers> | null | undefined;
  expect(typeof headers?.get === "function", "request", "a Request");
}

/** Checks that a value is a session, as far as its calls are needed. */
export function expectSession(value: unknown): void {
  expect(isRecord(value) && value.service, "session", "a session from createSession()");
}
