import { attempt } from "../attempt.ts";
import { isRecord, textOf } from "../is-record.ts";

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

/** How many parts of a document may still be looked at: a hostile one may have any number. */
interface Budget {
  left: number;
}

/**
 * The words of an error document, wherever its service puts them: below Keystone's `error`, in
 * Placement's `errors`, under Nova's and Neutron's one key of any name, in Ironic's JSON in JSON; of
 * anything else the whole text.
 */
export function wordsOf(
  data: unknown,
  depth = 0,
  budget: Budget = { left: 1000 },
): string | undefined {
  budget.left--;
  if (depth > 5 || budget.left < 0) return undefined;
  if (typeof data === "string") return wordsInText(data, depth, budget);
  if (Array.isArray(data)) return firstWords(data, depth, budget);
  if (!isRecord(data)) return undefined;
  // Heat explains the status beside it, and says below it what happened.
  const below = isRecord(data.error) ? wordsOf(data.error, depth + 1, budget) : undefined;
  if (below) return below;
  for (const name of names) {
    const words = Object.hasOwn(data, name) && wordsOf(data[name], depth + 1, budget);
    if (words) return words + fieldErrors(data.errors);
  }
  const values = Object.values(data);
  const inner = values.filter((value) => typeof value === "object");
  // An older Neutron's one key has the words themselves.
  return firstWords(values.length === 1 ? values : inner, depth, budget);
}

/** What Designate says about each field of a request, beside its message. */
function fieldErrors(errors: unknown): string {
  const list = isRecord(errors) && Array.isArray(errors.errors) ? errors.errors : [];
  const fields = list.slice(0, 10).filter(isRecord);
  return fields
    .map(({ path, message }) => `; ${[path, message].flat().filter(textOf).join(": ")}`)
    .join("");
}

function firstWords(values: readonly unknown[], depth: number, budget: Budget): string | undefined {
  for (const value of values.slice(0, 10)) {
    const words = wordsOf(value, depth + 1, budget);
    if (words) return words;
  }
  return undefined;
}

/** The text may itself be a document. */
function wordsInText(text: string, depth: number, budget: Budget): string | undefined {
  const start = text.slice(0, 10_000).trim();
  const isDocument = start.startsWith("{") && text.length < 10_000;
  const document: unknown = isDocument ? attempt(() => JSON.parse(start)) : undefined;
  return wordsOf(document, depth + 1, budget) || start || undefined;
}

/** The title of an error document, at its top or one level below. */
export function titleOf(data: unknown): string | undefined {
  if (!isRecord(data)) return undefined;
  // Magnum's are in a list.
  const inner = Object.values(data).slice(0, 10).flat().filter(isRecord);
  const title = [data, ...inner].map((one) => one.title).find((one) => typeof one === "string");
  return title === "" ? undefined : (title as string | undefined);
}
