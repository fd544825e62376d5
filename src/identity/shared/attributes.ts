import { expect } from "../../expect.ts";
import { isJson } from "../../is-json.ts";
import { expectObject } from "./expect-object.ts";

/** Known attributes with their types, and whatever else a cloud's records have. */
export type Open<Known> = Known | (Known & { readonly [attribute: string]: unknown });

/** Attributes of any resource that hold a secret. */
const secrets = ["password", "secret", "blob"];

/**
 * The attributes of a thing as they are sent. A server repeats what it refuses, and only a string can
 * be recognized in its message: so a secret must be a string. The `links` of a record are the server's
 * own, and stay here.
 *
 * @throws {OptionsError} if it is not an object, has a secret that is not a string or an invalid Date
 * in it (it names that), or can't be JSON.
 */
export function attributes(thing: object, option: string): object {
  const { links: _, ...rest }: Readonly<Record<string, unknown>> = {
    ...expectObject(thing, option),
  };
  for (const name of secrets) {
    const secret = rest[name] ?? "";
    expect(typeof secret === "string", `${option}.${name}`, "a string");
  }
  for (const [name, value] of Object.entries(rest)) {
    // In JSON it would be null, which for an expiry means never.
    const isTime = !(value instanceof Date) || !Number.isNaN(value.getTime());
    expect(isTime, `${option}.${name}`, "a valid Date");
  }
  expect(isJson(rest), option, "values that JSON can hold: no cycle, no BigInt");
  return rest;
}
