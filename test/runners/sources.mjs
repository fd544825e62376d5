/**
 * Maps a stack trace from the bundle back to the files from which it was made, if the runtime doesn't
 * do that itself.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

/**
 * @param {string} file a bundle with its source map in its last line
 * @param {RegExp} place matches a place in it within a stack, with the groups `line` and `column`
 * @returns {(stack: string) => string}
 */
export function toSources(file, place) {
  const [, base64 = ""] =
    /sourceMappingURL=data:[^,]*,(\S+)\s*$/.exec(readFileSync(file, "utf8")) ?? [];
  const map = new SourceMap(JSON.parse(Buffer.from(base64, "base64").toString("utf8")));
  return (stack) =>
    stack.replace(place, (whole, line, column) => {
      const found = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in found)) return whole;
      const source = found.originalSource.replace(/^(\.\.\/)+/, "");
      return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    });
}

/**
 * @param {import("./collect.ts").Result} result
 * @param {(stack: string) => string} translate
 * @returns {import("./collect.ts").Result}
 */
export function withSources(result, translate) {
  const { error, firstError } = result;
  return {
    ...result,
    ...(error !== undefined && { error: translate(error) }),
    ...(firstError !== undefined && { firstError: translate(firstError) }),
  };
}
