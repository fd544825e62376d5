/**
 * The material of the fuzz cases: values that nobody would send, and real documents with some of those
 * in them. The unit cases use the same few in every runtime; the gate uses more, and different ones
 * each time.
 */
import fc from "fast-check";
import { KeystoneError } from "../../src/errors.ts";
import tokens from "../fixtures/tokens.json";

/** Set by the gate (build.mjs). */
declare const fuzzing: { readonly times: number; readonly seed: number } | undefined;

const { times, seed } = typeof fuzzing === "undefined" ? { times: 1, seed: 1 } : fuzzing;

/** Checks something of many values. */
export async function holds<T>(
  values: fc.Arbitrary<T>,
  check: (value: T) => unknown,
  runs = 60,
): Promise<void> {
  const property = fc.asyncProperty(values, async (value) => {
    await check(value);
  });
  await fc.assert(property, { numRuns: runs * times, seed, includeErrorInReport: true });
}

/** The outcome of something that may throw, but only one of our errors. */
export function outcomeOf<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof KeystoneError) return undefined;
    throw new Error(`not one of ours: ${error}`, { cause: error });
  }
}

/** Names that mean something to the language, and that JSON may have as well as any other. */
const oddKey = fc.constantFrom(
  ...["__proto__", "constructor", "toString", "toJSON", "valueOf", "length", "then", "0", ""],
);

const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e300, "", " ", "v3", "\u0000", "\ud800"),
  fc.string({ maxLength: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any JSON, as a parser gives it: `__proto__` is a key like any other. */
export const json: fc.Arbitrary<unknown> = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(fc.oneof(oddKey, fc.string({ maxLength: 8 })), tie("value")), {
        maxLength: 4,
      }),
    ),
  }))
  .value.map((value) => JSON.parse(textOf(value)));

/** JSON of a value in which a list of pairs stands for an object; one that is ambiguous is both. */
function textOf(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  const isPair = (one: unknown) =>
    Array.isArray(one) && one.length === 2 && typeof one[0] === "string";
  return value.length > 0 && value.every(isPair)
    ? `{${value.map(([key, one]) => `${JSON.stringify(key)}:${textOf(one)}`).join(",")}}`
    : `[${value.map(textOf).join(",")}]`;
}

/** What a caller without a compiler may pass. */
export const anything = fc.anything({ maxDepth: 3, withDate: true, withMap: true });

interface Change {
  readonly at: number;
  readonly how: "drop" | "set" | "swap";
  readonly value: unknown;
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({ at: fc.nat(), how: fc.constantFrom("drop", "set", "set", "swap"), value: json }),
  { minLength: 1, maxLength: 4 },
);

/** One of these, with something in it that does not belong there. */
export const mutated = (documents: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.tuple(fc.constantFrom(...documents), changes).map(([document, all]) => {
    let result = structuredClone(document);
    for (const change of all) result = changed(result, change);
    return result;
  });

function changed(document: unknown, { at, how, value }: Change): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      walk(child);
    }
  };
  walk(document);
  const [holder, key] = places[at % places.length] ?? [];
  if (!holder || key === undefined) return value;
  const [other, name] = places[(at * 7 + 1) % places.length] ?? [holder, key];
  if (how === "drop") delete holder[key];
  else holder[key] = how === "set" ? value : structuredClone(other[name]);
  return document;
}

/** What real Keystones said. */
export const documents: readonly unknown[] = Object.values(tokens);

/** A document as it comes: JSON, a true one with odd things in it, or no object at all. */
export const anyDocument = fc.oneof(json, mutated(documents), mutated(documents));

/** Text that once was JSON, or a page, or neither. */
export const anyText = fc.oneof(
  fc.string({ maxLength: 200, unit: "binary" }),
  json.map((value) => JSON.stringify(value)),
  fc
    .tuple(anyDocument, fc.nat({ max: 400 }))
    .map(([value, end]) => JSON.stringify(value).slice(0, end)),
);
