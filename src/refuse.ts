import { OptionsError } from "./errors.ts";

/**
 * Refuses an option that is wrong only where it stands, or beside others. What was given is not
 * repeated if it may be a secret.
 *
 * @throws {OptionsError} naming the option and why it is refused.
 */
export function refuse(isWrong: unknown, option: string, why: string): void {
  if (isWrong) throw new OptionsError(`${option}: ${why}`);
}
