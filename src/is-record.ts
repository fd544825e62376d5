/** Whether a value is an object with named values: neither null, an array nor a function. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The named values of an object; none for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** A value if it is a string, and otherwise the empty string: absent and empty count the same. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
