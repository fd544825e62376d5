import { attempt } from "../attempt.ts";

/**
 * A path without its percent-encoding, as most servers hand it to a service. Undefined if it can't be
 * decoded, or if that would yield a slash, a backslash or a NUL: then the guard and the service could
 * read different paths.
 */
export function decodePath(path: string): string | undefined {
  return /%(2f|5c|00)/i.test(path) ? undefined : attempt(() => decodeURIComponent(path));
}

/** The texts of one segment of a rule; between two of them stands a `*`. */
type Segment = readonly string[];

/** What stands between two `**`. */
type Block = readonly Segment[];

/** A place in a path: the index of a segment, and of a letter in it. */
interface Place {
  readonly index: number;
  readonly letter: number;
}

/**
 * Whether a path is one that a rule allows: `*` and `{name}` stand for one segment of it, `**` for any
 * number of them. Both may be part of a segment, too.
 *
 * A caller writes the rule and the path, so no rule may take long. Hence no regular expression, and no
 * going back: behind a `**` or a `*`, the first place where the rest fits is the best one, since
 * whatever fits behind a later place fits behind this one as well.
 *
 * @param path decoded
 */
export function allowsPath(rule: string, path: string): boolean {
  const blocks = blocksOf(rule);
  if (!blocks) return false;
  const segments = path.split("/");
  let place: Place | undefined = { index: 0, letter: 0 };
  for (const [index, block] of blocks.entries()) {
    const bounds = { start: index === 0, end: index === blocks.length - 1 };
    place = behindBlock(block, segments, place, bounds);
    if (!place) return false;
  }
  return true;
}

/** Undefined for a rule that is encoded as no path may be. */
function blocksOf(rule: string): Block[] | undefined {
  if (decodePath(rule) === undefined) return undefined;
  // Behind the last brace, no name ends: to look for the end of each that begins there takes long.
  const end = rule.lastIndexOf("}") + 1;
  const withoutNames = rule.slice(0, end).replace(/\{[^}]*\}/g, "{}") + rule.slice(end);
  return withoutNames.split("**").map((block) => block.split("/").map(textsOf));
}

function textsOf(segment: string): string[] {
  return segment.split(/\*|\{\}/).map((text) => decodeURIComponent(text));
}

/** Whether something has to begin, and to end, exactly where the search does. */
interface Bounds {
  readonly start: boolean;
  readonly end: boolean;
}

/** The first place behind a block that begins at this place or later. */
function behindBlock(
  block: Block,
  segments: readonly string[],
  { index, letter }: Place,
  { start, end }: Bounds,
): Place | undefined {
  const latest = segments.length - block.length;
  const first = end ? Math.max(latest, index) : index;
  const last = start ? Math.min(latest, index) : latest;
  for (let at = first; at <= last; at++) {
    const begin = { index: at, letter: at === index ? letter : 0 };
    const behind = behindSegments(block, segments, begin, { start, end });
    if (behind !== undefined) return { index: at + block.length - 1, letter: behind };
  }
  return undefined;
}

/** The first letter behind a block that begins in this very segment. */
function behindSegments(
  block: Block,
  segments: readonly string[],
  { index, letter }: Place,
  { start, end }: Bounds,
): number | undefined {
  let behind: number | undefined = letter;
  for (let at = 0; at < block.length; at++) {
    const bounds = { start: start || at > 0, end: end || at < block.length - 1 };
    const from: number = at === 0 ? letter : 0;
    behind = behindTexts(block[at] ?? [], segments[index + at] ?? "", from, bounds);
    if (behind === undefined) return undefined;
  }
  return behind;
}

/** The first letter of a segment behind these texts. */
function behindTexts(
  texts: Segment,
  segment: string,
  from: number,
  { start, end }: Bounds,
): number | undefined {
  let behind = from;
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index] ?? "";
    const isStart = start && index === 0;
    const isEnd = end && index === texts.length - 1;
    // A * stands for at least one letter.
    const earliest = index === 0 ? from : behind + 1;
    let place = isStart ? earliest : segment.indexOf(text, earliest);
    if (isEnd) place = segment.length - text.length;
    const fits = isStart ? place === earliest : place >= earliest;
    if (!fits || !segment.startsWith(text, place)) return undefined;
    behind = place + text.length;
  }
  return behind;
}
