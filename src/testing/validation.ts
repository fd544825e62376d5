import { badRequest } from "./problem.ts";

type Attributes = Readonly<Record<string, unknown>>;

const id = ["string"];
const text = ["string", "null"];
const flag = ["boolean"];
const options = ["object"];
const tags = ["array"];

/** The types of each record's attributes, in JSON Schema's words. Others may be anything. */
const types: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  user: {
    domain_id: id,
    default_project_id: text,
    description: text,
    enabled: flag,
    password: text,
    options,
  },
  group: { domain_id: id, description: text },
  project: {
    domain_id: text,
    parent_id: text,
    description: text,
    enabled: flag,
    is_domain: flag,
    options,
    tags,
  },
  domain: { description: text, enabled: flag, tags },
  role: { description: id, options },
  service: { type: id, enabled: flag },
  endpoint: { url: id, region_id: text, enabled: flag },
  region: { description: text },
  application_credential: { description: text },
};

/** Attributes that are never empty. */
const filled = ["name", "type", "domain_id", "parent_id", "default_project_id"];

/** @throws {Problem} 400 for an attribute that is missing, or that the record may not have. */
export function validate(singular: string, given: Attributes, required: readonly string[]): void {
  for (const name of required) {
    if (!(name in given)) throw badRequest(`'${name}' is a required property`);
  }
  const known = types[singular] ?? {};
  for (const [name, value] of Object.entries(given)) {
    const expected = name === "name" ? id : known[name];
    if (!expected) continue;
    if (!expected.includes(typeOf(value))) throw wrongType(name, value, expected);
    if (filled.includes(name) && typeof value === "string") {
      assertLength(name, value, name === "name" && isProject(singular) ? 64 : 255);
    }
  }
  const { name, tags: listed, options: settings } = given;
  if (typeof name === "string") assertName(singular, name);
  if (known.tags && Array.isArray(listed)) assertTags(listed);
  const immutable = known.options && isObject(settings) ? settings.immutable : undefined;
  const isFlag = immutable === undefined || immutable === null || typeof immutable === "boolean";
  if (!isFlag) throw wrongType("options/immutable", immutable, ["boolean", "null"]);
}

/** To Keystone a domain is a project. */
const isProject = (singular: string): boolean => singular === "project" || singular === "domain";

function wrongType(name: string, value: unknown, expected: readonly string[]): Error {
  return invalid(name, value, `is not of type ${expected.map((type) => `'${type}'`).join(", ")}`);
}

function assertLength(name: string, value: string, most: number): void {
  if (value === "") throw invalid(name, value, "is too short");
  if (value.length > most) throw invalid(name, value, "is too long");
}

function assertName(singular: string, name: string): void {
  if (!/\S/.test(name)) throw invalid("name", name, "does not match '[\\\\S]+'");
  if (singular === "group" && name.length > 64) {
    throw badRequest(
      `String length exceeded. The length of string '${name}' exceeds the limit of column name(CHAR(64)).`,
    );
  }
}

function assertTags(all: readonly unknown[]): void {
  for (const [index, tag] of all.entries()) assertTag(tag, `tags/${index}`);
  if (new Set(all).size < all.length) throw invalid("tags", all, "has non-unique elements");
}

/** @throws {Problem} 400 for what is no project's tag. */
export function assertTag(tag: unknown, field: string): void {
  if (typeof tag !== "string") throw wrongType(field, tag, id);
  assertLength(field, tag, 255);
  if (/[,/]/.test(tag)) throw invalid(field, tag, "does not match '^[^,/]*$'");
}

const isObject = (value: unknown): value is Attributes => typeOf(value) === "object";

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const invalid = (name: string, value: unknown, why: string): Error =>
  badRequest(`Invalid input for field '${name}': ${inPython(value)} ${why}`);

/** A value as Keystone's messages quote it. */
export function inPython(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(inPython).join(", ")}]`;
  return typeof value === "string" ? `'${escaped(value)}'` : JSON.stringify(value);
}

function escaped(text: string): string {
  return text.replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}
