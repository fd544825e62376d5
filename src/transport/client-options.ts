import type { Options } from "ky";
import { expect } from "../expect.ts";
import { isRecord } from "../is-record.ts";

/** What ky takes from the session's options. */
export interface ClientOptions {
  readonly timeout?: Options["timeout"] | undefined;
  readonly totalTimeout?: Options["totalTimeout"] | undefined;
  readonly retry?: Options["retry"] | undefined;
}

/**
 * Reads what ky itself would look at with each request only.
 *
 * @throws {OptionsError} naming the option that is wrong.
 */
export function readClientOptions({ timeout, totalTimeout, retry }: ClientOptions): ClientOptions {
  const expected = "milliseconds below 2 ** 31, or false";
  expect(isMilliseconds(timeout), "timeout", expected);
  expect(isMilliseconds(totalTimeout), "totalTimeout", expected);
  const given: Record<string, unknown> = isRecord(retry) ? retry : { limit: retry };
  const { limit, methods, statusCodes, afterStatusCodes } = given;
  const isLimit = limit === undefined || (Number.isInteger(limit) && Number(limit) >= 0);
  const lists = [methods, statusCodes, afterStatusCodes];
  const areLists = lists.every((list) => list === undefined || Array.isArray(list));
  expect(isLimit && areLists, "retry", "a whole number, 0 or more, or ky's options");
  return { timeout, totalTimeout, retry };
}

function isMilliseconds(value: unknown): boolean {
  if (value === undefined || value === false) return true;
  return typeof value === "number" && value >= 0 && value < 2 ** 31;
}
