/** What is compared of a document: its keys, the types of its values, and the words of an error. */

export interface Words {
  readonly root: string;
  readonly suffix: string;
}

/** Other cases have services of their own in the real catalog, at the same time. */
const seeded = ["identity", "compute", "image", "network", "object-store", "dns", "volumev3"];

/** The shape of a value. Of a list, each shape that an entry has, once. */
export function shapeOf(value: unknown, words: Words): unknown {
  if (typeof value === "string") return kindOf(value, words);
  if (Array.isArray(value)) {
    const own = value.filter((entry) => !entry?.endpoints || seeded.includes(entry.type));
    const shapes = own.map((entry) => JSON.stringify(shapeOf(entry, words)));
    return [...new Set(shapes)].sort().map((shape) => JSON.parse(shape));
  }
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const names = Object.keys(value).sort();
  const record = value as Record<string, unknown>;
  if (typeof record.code === "number" && typeof record.message === "string") {
    return { ...record, message: wordsOf(record.message, words), identity: typeof record.identity };
  }
  const entries = names.map((name) => [name, shapeOf(record[name], words)]);
  // Where a service is differs from cloud to cloud.
  return Object.fromEntries(
    entries.map(([name, shape]) => [
      wordsOf(String(name), words),
      name === "url" ? "a URL" : shape,
    ]),
  );
}

function kindOf(value: string, words: Words): string {
  // A link is compared whole.
  if (value.startsWith(words.root)) return wordsOf(value, words);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(value)) return "a time with its zone";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(value)) return "a time without a zone";
  return "a string";
}

/** Words without what differs each time. Of a message the first line: the rest is a schema. */
export function wordsOf(text: string, { root, suffix }: Words): string {
  const [first = ""] = text.split("\n");
  return first
    .replaceAll(root, "ROOT")
    .replaceAll(new RegExp(suffix, "gi"), "SUFFIX")
    .replace(/gAAAA[\w-]+/g, "TOKEN")
    .replace(/\b[0-9a-f]{32}\b/g, "ID");
}
