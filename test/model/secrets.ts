/** Searches errors for a secret: every secret of the model has this word in it. */
import { inspect } from "node:util";

export const mark = "SECRET";

/** With what JSON escapes: a server that repeats a body shows it in that form. */
export const passwords = { right: `pw"${mark}\\right`, wrong: `pw"${mark}\\wrong` };

/** Where a value shows a secret, if it does. */
export function leak(value: unknown, seen = new Set<unknown>()): string | undefined {
  if (typeof value === "string") return value.includes(mark) ? value : undefined;
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  const texts = [inspect(value, { depth: 9, showHidden: true }), String(value), json(value)];
  const line = texts
    .join("\n")
    .split("\n")
    .find((text) => text.includes(mark));
  if (line) return line;
  for (const key of Reflect.ownKeys(value)) {
    const found = leak(Reflect.get(value, key), seen);
    if (found) return `${String(key)}: ${found}`;
  }
  return undefined;
}

function json(value: object): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return ""; // a circle, which inspect has looked at
  }
}
