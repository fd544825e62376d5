import { OptionsError } from "../../errors.ts";
import { closest } from "./closest.ts";

/**
 * Refuses a name that an object of options or filters can't have. A server ignores a misspelt filter,
 * and would list everybody.
 *
 * @throws {OptionsError} with that name, the known ones, and the one that was most likely meant.
 */
export function expectKnown(given: object, known: readonly string[], what: string): void {
  // What is undefined is not given, by whatever name.
  const names = Object.entries(given).filter(([, value]) => value !== undefined);
  const unknown = names.map(([name]) => name).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const likely = closest(unknown, known);
  const hint = likely === undefined ? "" : `; did you mean ${likely}?`;
  const expected = known.length > 0 ? `one of ${known.join(", ")}` : "no options";
  throw new OptionsError(`${what}.${unknown.slice(0, 50)}: expected ${expected}${hint}`);
}
