import { OptionsError } from "../../errors.ts";
import { unknownName } from "../../expect.ts";
import { closest } from "./closest.ts";

/**
 * Refuses a name that an object of options or filters can't have. A server ignores a misspelt filter,
 * and would list everybody.
 *
 * @throws {OptionsError} with that name, the known ones, and the one that was most likely meant.
 */
export function expectKnown(given: object, known: readonly string[], what: string): void {
  const unknown = unknownName(given, known);
  if (unknown === undefined) return;
  const likely = closest(unknown, known);
  const hint = likely === undefined ? "" : `; did you mean ${likely}?`;
  const expected = known.length > 0 ? `one of ${known.join(", ")}` : "no options";
  throw new OptionsError(`${what}.${unknown}: expected ${expected}${hint}`);
}
