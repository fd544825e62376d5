import { looseObject } from "valibot";
import { expect } from "../../expect.ts";
import { isSegment } from "../../path-segment.ts";
import type { CallOptions, Session } from "../../session/contract.ts";
import { expectKnown } from "./expect-known.ts";
import { oneNamed } from "./one-named.ts";
import { readMany } from "./read-many.ts";
import { readJson, send } from "./send.ts";
import { id, text } from "./shapes.ts";

/** A domain: its id, its record, or its name, which costs one request. */
export type DomainReference = string | { readonly id: string } | { readonly name: string };

/** A user, group or project: its id, its record, or its name and domain, which costs a request. */
export type Reference =
  | string
  | { readonly id: string }
  | { readonly name: string; readonly domain: DomainReference };

/** A role: its id, its record, or its name; without a domain, one of the whole cloud. */
export type RoleReference =
  | string
  | { readonly id: string }
  | { readonly name: string; readonly domain?: DomainReference | undefined };

/** What can be meant by its name: where it is listed, and whether its name needs a domain. */
export const referenceKinds = {
  user: { many: "users", domain: "required" },
  group: { many: "groups", domain: "required" },
  project: { many: "projects", domain: "required" },
  role: { many: "roles", domain: "optional" },
  domain: { many: "domains", domain: "none" },
} as const;

export type ReferenceKind = keyof typeof referenceKinds;

const expected = {
  required: "an id, { id } or { name, domain }",
  optional: "an id, { id } or { name }",
  none: "an id, { id } or { name }",
} as const;

interface Parts {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly domain?: unknown;
}

/**
 * Checks a reference, before anything is asked.
 *
 * @throws {OptionsError} naming it.
 */
export function expectReference(value: unknown, kind: ReferenceKind, option: string): void {
  const { domain: need } = referenceKinds[kind];
  if (typeof value !== "object" || value === null) {
    expect(isSegment(value), option, expected[need]);
    return;
  }
  const { id, name, domain }: Parts = value;
  // Of a record the id is what counts, whatever else it has.
  if (id !== undefined) {
    expect(isSegment(id), `${option}.id`, "an id");
    return;
  }
  expectKnown(value, need === "none" ? ["id", "name"] : ["id", "name", "domain"], option);
  expect(typeof name === "string" && name !== "", option, expected[need]);
  if (need === "required" || domain !== undefined) {
    expectReference(domain, "domain", `${option}.domain`);
  }
}

/**
 * The id of what is meant; a name costs a request.
 *
 * @throws {OptionsError} if it is not a reference.
 * @throws {NotFoundError} if nothing has that name.
 * @throws {ConflictError} if several have it.
 */
export async function idOf(
  session: Session,
  kind: ReferenceKind,
  value: unknown,
  option: string,
  options?: CallOptions,
): Promise<string> {
  expectReference(value, kind, option);
  if (typeof value === "string") return value;
  const { id, name, domain } = value as Parts;
  if (id !== undefined) return String(id);
  const searchParams = new URLSearchParams({ name: String(name) });
  if (domain !== undefined) {
    searchParams.set(
      "domain_id",
      await idOf(session, "domain", domain, `${option}.domain`, options),
    );
  }
  const { many } = referenceKinds[kind];
  const { signal } = options ?? {};
  const body = await send(session, many, { signal }, readJson, { searchParams });
  const { records } = readMany({ many, schema: named }, body);
  return oneNamed({ what: kind, name: String(name) }, records).id;
}

const named = looseObject({ id, name: text });
