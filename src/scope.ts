import { expect, expectText } from "./expect.ts";

/** A domain by id or by name. */
export type DomainRef = { readonly id: string } | { readonly name: string };

/** A user or a project: by id, or by a name, which only means something within its domain. */
export type NamedRef =
  | { readonly id: string }
  | { readonly name: string; readonly domain: DomainRef };

/**
 * What a token is good for.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
 */
export type Scope =
  | { readonly project: NamedRef }
  | { readonly domain: DomainRef }
  | { readonly system: "all" }
  | { readonly trust: { readonly id: string } }
  | "unscoped";

/** The wire's form of a domain; `option` names it in the error. */
export function domainRef(value: unknown, option: string): object {
  const { id, name } = Object(value);
  expect(id || name, option, "{ id } or { name }");
  expectText(id || name, option);
  // By id alone where there is one: with both, Keystone looks only at the name.
  return id ? { id } : { name };
}

/** The wire's form of a user or a project. */
export function namedRef(value: unknown, option: string): object {
  const { id, domain } = Object(value);
  const ref = domainRef(value, option);
  return id ? ref : { ...ref, domain: domainRef(domain, `${option}.domain`) };
}

/** The wire's form of a scope. */
export function scopeRequest(scope: Scope): unknown {
  const { project, domain, system, trust } = Object(scope);
  expect(
    scope === "unscoped" ||
      (Object.keys(Object(scope)).length === 1 &&
        (project || domain || trust?.id || system === "all")),
    "scope",
    '{ project }, { domain }, { system: "all" }, { trust: { id } } or "unscoped"',
  );
  if (trust) expectText(trust.id, "scope.trust.id");
  return project
    ? { project: namedRef(project, "scope.project") }
    : domain
      ? { domain: domainRef(domain, "scope.domain") }
      : trust
        ? { "OS-TRUST:trust": { id: trust.id } }
        : system
          ? { system: { all: true } }
          : scope;
}
