import { expect } from "../expect.ts";

/** An id as one segment of a path, so that it can't lead to another route. */
export function pathSegment(id: unknown, option: string): string {
  const fits = typeof id === "string" && id !== "" && !/^\.{1,2}$|[/\p{Surrogate}]/u.test(id);
  expect(fits, option, "a non-empty string without a slash");
  return encodeURIComponent(id);
}
