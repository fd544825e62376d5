import { type GenericSchema, safeParse } from "valibot";
import { isRecord } from "../../is-record.ts";

/** What a schema says of itself, as far as it is asked here. */
interface Described {
  readonly type: string;
  readonly pipe?: unknown;
  /** The schemas of an object's attributes. */
  readonly entries?: Readonly<Record<string, GenericSchema>>;
  /** What it takes besides null and undefined. */
  readonly wrapped?: GenericSchema;
  /** What it puts in their place. */
  readonly default?: unknown;
  /** Those of which a value must pass one. */
  readonly options?: readonly GenericSchema[];
  /** What the values of an object must be, whatever their names. */
  readonly value?: { readonly type: string };
}

/**
 * Reads records by a schema; undefined for one that can't be read. valibot copies each record, and
 * that takes longer than to parse it: here only those attributes are left to valibot that it might
 * change, and a record that it leaves as it is is not copied.
 */
export function recordReader<T>(
  schema: GenericSchema<unknown, T>,
): (one: unknown) => T | undefined {
  const { type, pipe, entries: schemas } = schema as Described;
  if (type !== "loose_object" || pipe || !schemas) return (one) => parsed(schema, one);
  const entries = Object.entries(schemas).map(([name, entry]) => {
    return { name, entry, isSame: sameAfter(entry) };
  });
  return (one) => {
    if (!isPlain(one)) return parsed(schema, one);
    let record = one;
    for (const { name, entry, isSame } of entries) {
      const value = record[name];
      if (isSame(value)) continue;
      const result = safeParse(entry, value);
      if (!result.success) return undefined;
      if (result.output === value) continue;
      if (record === one) record = { ...record };
      record[name] = result.output;
    }
    return record as T;
  };
}

/** Without the name by which an object could be given another prototype, which valibot leaves out. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Object.hasOwn(value, "__proto__");
}

function parsed<T>(schema: GenericSchema<unknown, T>, value: unknown): T | undefined {
  const { success, output } = safeParse(schema, value);
  return success ? output : undefined;
}

/** Tells of a value whether it passes a schema unchanged; false where only valibot can tell. */
function sameAfter(schema: GenericSchema): (value: unknown) => boolean {
  const {
    type,
    pipe,
    wrapped,
    default: instead,
    options = [],
    value: values,
  } = schema as Described;
  if (pipe) return () => false;
  if (type === "record" && values?.type === "unknown") return isPlain;
  if (type === "string" || type === "boolean") return (value) => typeof value === type;
  if (type === "union") {
    const any = options.map(sameAfter);
    return (value) => any.some((isSame) => isSame(value));
  }
  if (type !== "nullish" || !wrapped) return () => false;
  const isSame = sameAfter(wrapped);
  const staysAbsent = instead === undefined;
  return (value) => (value === null || value === undefined ? staysAbsent : isSame(value));
}
