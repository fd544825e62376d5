import { attempt } from "../attempt.ts";
import { isRecord } from "../is-record.ts";

/** Where a service puts its message about a failure, the most informative first. */
const names = [
  "message",
  "faultstring",
  "explanation",
  "description",
  "cause",
  "detail",
  "error_description",
  "error_message",
  "error_msg",
  "errorMsg",
  "msg",
  "error",
  "Message",
  "externalMessage",
  "Code",
] as const;

/**
 * The words of an error document, wherever its service puts them: below Keystone's `error`, in
 * Placement's `errors`, under Nova's and Neutron's one key of any name, in Ironic's JSON in JSON; of
 * anything else the whole text.
 */
export function wordsOf(data: unknown, depth = 0): string | undefined {
  if (depth > 5) return undefined;
  if (typeof data === "string") return wordsInText(data, depth);
  if (Array.isArray(data)) return firstWords(data, depth);
  if (!isRecord(data)) return undefined;
  // Heat explains the status beside it, and says below it what happened.
  const below = isRecord(data.error) ? wordsOf(data.error, depth + 1) : undefined;
  if (below) return below;
  for (const name of names) {
    const words = wordsOf(Object.hasOwn(data, name) ? data[name] : undefined, depth + 1);
    if (words) return words;
  }
  const values = Object.values(data);
  const inner = values.filter((value) => typeof value === "object");
  // An older Neutron's one key has the words themselves.
  return firstWords(values.length === 1 ? values : inner, depth);
}

function firstWords(values: readonly unknown[], depth: number): string | undefined {
  // A hostile document may have any number of them.
  for (const value of values.slice(0, 10)) {
    const words = wordsOf(value, depth + 1);
    if (words) return words;
  }
  return undefined;
}

/** The text may itself be a document. */
function wordsInText(text: string, depth: number): string | undefined {
  const start = text.slice(0, 10_000).trim();
  const isDocument = start.startsWith("{") && text.length < 10_000;
  const document: unknown = isDocument ? attempt(() => JSON.parse(start)) : undefined;
  return wordsOf(document, depth + 1) || start || undefined;
}

/** The title of an error document, at its top or one level below. */
export function titleOf(data: unknown): string | undefined {
  if (!isRecord(data)) return undefined;
  const inner = Object.values(data).slice(0, 10).filter(isRecord);
  const title = [data, ...inner].map((one) => one.title).find((one) => typeof one === "string");
  return title === "" ? undefined : (title as string | undefined);
}
