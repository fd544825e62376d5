import { expect } from "../expect.ts";

/** Checks a secret that goes into a header, since fetch's own error would repeat what it refuses. */
export function expectHeaderText(value: unknown, option: string): asserts value is string {
  const fits = typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
  expect(fits, option, "a non-empty string of ASCII characters, without spaces");
}
