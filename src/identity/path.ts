import { expect } from "../expect.ts";

/**
 * A path below /v3, with each value as one segment of it, whatever it holds: a region may be named
 * "a/b", and no id may lead to another route.
 *
 * @throws {OptionsError} for a value that is no text, or that a URL would swallow; it names the place.
 */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((before, after, index) => {
    const value = values[index - 1];
    expect(
      typeof value === "string" && value && !/^\.{1,2}$/.test(value),
      `${parts.slice(0, index).join("…")}{id}`,
      "a non-empty string",
    );
    return before + encodeURIComponent(value) + after;
  });
}
