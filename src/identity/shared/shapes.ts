/**
 * The schemas of records, which are read part by part: if an attribute is missing or of the wrong
 * type, only that attribute is lost. Only an id is required.
 */
import {
  array,
  boolean,
  fallback,
  type GenericSchema,
  type InferOutput,
  literal,
  minLength,
  nullish,
  pipe,
  record,
  safeParse,
  string,
  transform,
  union,
  unknown,
} from "valibot";

/** The one attribute that every record must have. */
export const id = pipe(string(), minLength(1));

/** A string that every record has; empty where a server leaves it out. */
export const text = fallback(nullish(string(), ""), "");

/** An attribute that need not be there; undefined where it is of another type. */
export const maybe = <const S extends GenericSchema>(schema: S) =>
  fallback(nullish(schema), undefined);

/** A boolean; some servers send `"True"`. */
const flag = union([
  boolean(),
  pipe(
    union([literal("True"), literal("true")]),
    transform(() => true),
  ),
  pipe(
    union([literal("False"), literal("false")]),
    transform(() => false),
  ),
]);

/** A boolean that need not be there. */
export const maybeFlag = maybe(flag);

/** A boolean that is true if a server does not say. */
export const flagOrTrue = fallback(nullish(flag, true), true);

/** A boolean that is false if a server does not say. */
export const flagOrFalse = fallback(nullish(flag, false), false);

/** A time, with the zone that Keystone leaves out: it is UTC. */
export const time = maybe(
  pipe(
    string(),
    transform((value) => (/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value)),
  ),
);

/** Options by name. */
export const options = maybe(record(string(), unknown()));

/** A list that leaves out what is not such an item. */
const itemsOf = <const S extends GenericSchema>(item: S) =>
  pipe(
    array(unknown()),
    transform((items): InferOutput<S>[] =>
      items.flatMap((one) => {
        const read = safeParse(item, one);
        return read.success ? [read.output] : [];
      }),
    ),
  );

/** A list of those that can be read; empty where there is none. */
export const listOf = <const S extends GenericSchema>(item: S) =>
  fallback(nullish(itemsOf(item), []), []);

/** The same for a list that need not be there. */
export const maybeListOf = <const S extends GenericSchema>(item: S) => maybe(itemsOf(item));
