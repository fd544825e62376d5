import { pathSegment } from "../../path-segment.ts";

/**
 * A path below /v3, with each value as one segment of it.
 *
 * @throws {OptionsError} for a value that can't be; it names the place.
 */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((before, after, index) => {
    const place = `${parts.slice(0, index).join("…")}{id}`;
    return before + pathSegment(values[index - 1], place) + after;
  });
}
