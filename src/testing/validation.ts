import { badRequest } from "./problem.ts";

const strings = ["name", "description", "type", "url", "password", "region_id"];
const booleans = ["enabled", "is_domain"];
/** Those that may be null. */
const nullable = ["description", "password", "region_id"];

/** @throws {Problem} 400 for an attribute that is missing, or of the wrong type. */
export function validate(
  given: Readonly<Record<string, unknown>>,
  required: readonly string[],
): void {
  for (const name of required) {
    if (!(name in given)) throw badRequest(`'${name}' is a required property`);
  }
  for (const [name, value] of Object.entries(given)) {
    const isNull = value === null && nullable.includes(name);
    if (strings.includes(name) && typeof value !== "string" && !isNull) {
      throw wrongType(name, value, "string");
    }
    if (booleans.includes(name) && typeof value !== "boolean") {
      throw wrongType(name, value, "boolean");
    }
  }
  const { options } = given;
  if (typeof options === "object" && options !== null && "immutable" in options) {
    const { immutable } = options;
    if (typeof immutable !== "boolean" && immutable !== null) {
      throw wrongType("options/immutable", immutable, "boolean");
    }
  }
  if (given.name === "" && required.includes("name")) {
    throw badRequest("Invalid input for field 'name': '' is too short");
  }
}

const wrongType = (name: string, value: unknown, type: string): Error =>
  badRequest(`Invalid input for field '${name}': ${inPython(value)} is not of type '${type}'`);

/** A value as Keystone's messages quote it. */
export function inPython(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}
