import type { DomainRef, NamedRef, Scope } from "../scope.ts";
import type { IdAndName, TokenScope } from "../token.ts";

/** Whether a token's scope is the one that was asked for; without any, the server decided. */
export function isScope(actual: TokenScope, wanted: Scope | undefined): boolean {
  if (wanted === undefined) return true;
  if (wanted === "unscoped" || actual === "unscoped") return wanted === actual;
  if ("project" in wanted)
    return actual.project !== undefined && isNamed(actual.project, wanted.project);
  if ("domain" in wanted)
    return actual.domain !== undefined && isDomain(actual.domain, wanted.domain);
  if ("trust" in wanted) return actual.trust?.id === wanted.trust.id;
  return actual.system === "all";
}

/**
 * Whether this is the user or project that was meant: by id, or by name and domain. What the server
 * left out can't tell them apart.
 */
export function isNamed(
  actual: IdAndName & { readonly domain: IdAndName },
  wanted: NamedRef,
): boolean {
  if ("id" in wanted) return isSame(actual.id, wanted.id);
  return isSame(actual.name, wanted.name) && isDomain(actual.domain, wanted.domain);
}

function isDomain(actual: IdAndName, wanted: DomainRef): boolean {
  return "id" in wanted ? isSame(actual.id, wanted.id) : isSame(actual.name, wanted.name);
}

/** Keystone's databases ignore case and blanks at the end. */
function isSame(actual: string, wanted: string): boolean {
  return actual === "" || actual.trimEnd().toLowerCase() === wanted.trimEnd().toLowerCase();
}
