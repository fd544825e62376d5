import { expect } from "./expect.ts";

/**
 * What a path can hold as one segment. No slash, also not encoded: Keystone decodes it before it
 * looks for the route, so that `projects.delete()` of "…/tags" would delete the tags.
 */
export const isSegment = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && !/^\.{1,2}$|[/\p{Surrogate}]/u.test(value);

/**
 * A value as one segment of a path, whatever else it holds: no id may lead to another route.
 *
 * @throws {OptionsError} for one that can't be.
 */
export function pathSegment(value: unknown, option: string): string {
  expect(isSegment(value), option, "a non-empty string, not dots alone, without a slash");
  return encodeURIComponent(value);
}
