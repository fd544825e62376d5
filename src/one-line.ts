/** Characters that would move a terminal's cursor or change the direction of a line. */
export const control = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** More than any message of this package needs. */
const longest = 4000;

/** A message that may have a server's words in it, fit for a terminal: cut, and in one line. */
export function oneLine(text: string): string {
  return text.slice(0, longest).replace(control, " ");
}
