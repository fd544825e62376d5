import { expect, expectText } from "./expect.ts";
import { isRecord } from "./is-record.ts";

/** A domain by id or by name. */
export type DomainRef = { readonly id: string } | { readonly name: string };

/** A user or a project: by id, or by a name, which only means something within its domain. */
export type NamedRef =
  | { readonly id: string }
  | { readonly name: string; readonly domain: DomainRef };

/**
 * What a token is valid for.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
 */
export type Scope =
  | { readonly project: NamedRef }
  | { readonly domain: DomainRef }
  | { readonly system: "all" }
  | { readonly trust: { readonly id: string } }
  | "unscoped";

/** Reads a domain, and leaves out all but its id or name; `option` names it in the error. */
export function readDomain(value: unknown, option: string): DomainRef {
  const { id, name } = isRecord(value) ? value : {};
  expect(id || name, option, "{ id } or { name }");
  // By id alone where there is one: given both, Keystone looks only at the name.
  if (id) {
    expectText(id, `${option}.id`);
    return { id };
  }
  expectText(name, `${option}.name`);
  return { name };
}

/** Reads a user or a project, and leaves out all but what names it. */
export function readNamed(value: unknown, option: string): NamedRef {
  const ref = readDomain(value, option);
  if ("id" in ref) return ref;
  const domain = isRecord(value) ? value.domain : undefined;
  return { ...ref, domain: readDomain(domain, `${option}.domain`) };
}

const expected = '{ project }, { domain }, { system: "all" }, { trust: { id } } or "unscoped"';

/**
 * Reads a scope, and leaves out all but what names it: a whole project record can be given.
 *
 * @throws {OptionsError} if it is not a scope.
 */
export function readScope(scope: unknown): Scope {
  if (scope === "unscoped") return scope;
  const kinds = isRecord(scope) ? Object.values(scope).filter((kind) => kind !== undefined) : [];
  expect(isRecord(scope) && kinds.length === 1, "scope", expected);
  const { project, domain, system, trust } = scope;
  if (project) return { project: readNamed(project, "scope.project") };
  if (domain) return { domain: readDomain(domain, "scope.domain") };
  if (system === "all") return { system };
  expect(isRecord(trust), "scope", expected);
  expectText(trust.id, "scope.trust.id");
  return { trust: { id: trust.id } };
}

/** The wire's form of a scope. */
export function scopeRequest(scope: Scope): unknown {
  if (scope === "unscoped") return scope;
  if ("trust" in scope) return { "OS-TRUST:trust": scope.trust };
  if ("system" in scope) return { system: { all: true } };
  return scope;
}
