/** A token's scope has ids and names filled in: a page can show them without a cast. */
import type { Scope, Token } from "keystone-fetch";
import { type Equals, is } from "./assert.ts";

export function title({ scope }: Token): string {
  if (scope === "unscoped") return "no project";
  if (scope.project) {
    is<Equals<typeof scope.project.id, string>>();
    return `${scope.project.name} of ${scope.project.domain.name}`;
  }
  if (scope.domain) return `${scope.domain.name} (${scope.domain.id})`;
  return scope.trust ? scope.trust.id : scope.system;
}

export const asScope = ({ scope }: Token): Scope => scope;
