import { expect } from "../../expect.ts";

/** A role to delegate: by its id, as a record, or by its name. */
export type HandedRole = { readonly id: string } | { readonly name: string };

/** Of the roles in a body the API takes an id or a name, and none of what else a record has. */
export function roleList(
  roles: readonly HandedRole[] | null | undefined,
  option: string,
): { readonly roles?: readonly object[] } {
  if (roles === undefined || roles === null) return {};
  expect(Array.isArray(roles) && roles.every(isObject), option, "a list of { id } or { name }");
  return { roles: roles.map(idAlone) };
}

/** Of a thing with an id nothing else: the API refuses what else a record has. */
export function idAlone(thing: object): object {
  return "id" in thing && thing.id ? { id: thing.id } : thing;
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;
