import { attempt } from "./attempt.ts";

/** Whether JSON can hold a value: not a cycle, a BigInt, or a function alone. */
export function isJson(value: unknown): boolean {
  return attempt(() => JSON.stringify(value)) !== undefined;
}
