/** What the scripts in this folder share: tables, wrong command lines, and exit codes. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { isKeystoneError } from "keystone-fetch";

export type Row = Readonly<Record<string, string | null>>;

/** A command line that makes no sense. */
export class UsageError extends Error {}

/** Reads a command line. @throws {UsageError} for one that makes no sense. */
export function parse<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Runs a script: exits with 1 and a line on stderr if something failed, with 2 for a UsageError. */
export async function run(main: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await main(Deno.args);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    // Any other error is a bug in the script: show the whole stack.
    if (!isUsage && !isKeystoneError(error)) throw error;
    console.error(`${oneLine(error.message)}${isUsage ? " (--help tells more)" : ""}`);
    Deno.exit(isUsage ? 2 : 1);
  }
}

export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** Lines and columns, as `openstack` draws them. */
export function table(shown: Row | Row[]): string {
  const rows = Array.isArray(shown)
    ? shown
    : Object.entries(shown).map(([Field, Value]) => ({ Field, Value }));
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return "";
  // Names from a server must not move the cursor, or change the direction of the line.
  const cells = rows.map((row: Row) =>
    names.map((name) => (row[name] ?? "").replace(/\p{Cc}|\p{Bidi_Control}/gu, "?")),
  );
  const widths = names.map((_, i) =>
    Math.max(...[names, ...cells].map((line) => widthOf(line[i] ?? ""))),
  );
  const line = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const draw = (line: readonly string[]) =>
    `|${line.map((cell, i) => ` ${cell}${" ".repeat((widths[i] ?? 0) - widthOf(cell))} `).join("|")}|`;
  return [line, draw(names), line, ...cells.map(draw), line].join("\n");
}

const letters = new Intl.Segmenter();
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

/** Columns in a terminal: one for a letter with its accents, two for "計" or an emoji. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of letters.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}
