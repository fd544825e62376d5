import { InvalidTokenError } from "../errors.ts";
import { isRecord } from "../is-record.ts";
import type { Token } from "../token.ts";
import type { IncomingRequest } from "./incoming-request.ts";

/** Options for enforcing the access rules of application credentials. */
export interface AccessRuleOptions {
  /** The type under which this API is in the catalog, as rules name it: `"compute"`, `"placement"`. */
  readonly service: string;
}

/**
 * Refuses a request that the access rules of the token's application credential do not allow. A token
 * without rules may do everything.
 *
 * @param fromService whether a service sent it on: rules are about what users request themselves
 * @throws {InvalidTokenError} since keystonemiddleware answers 401, not 403.
 * @see https://docs.openstack.org/api-ref/identity/v3/#application-credentials
 */
export function enforceAccessRules(
  token: Token,
  { method, url }: IncomingRequest,
  options: AccessRuleOptions | undefined,
  fromService: boolean,
): void {
  const rules = rulesOf(token);
  if (rules === undefined) return;
  if (!options) throw refused("this API does not enforce them, so it refuses the token");
  const { service } = options;
  const path = new URL(url).pathname;
  // Everybody may validate a token, whatever the rules are.
  const isValidation =
    service === "identity" && method === "GET" && /\/v3\/auth\/tokens$/.test(path);
  if (isValidation) return;
  if (!token.catalog.some(({ type }) => type === service)) {
    throw refused("the token's catalog has no service of the type in accessRules.service");
  }
  if (fromService) return;
  const isAllowed = rules.some(
    (rule) =>
      isRecord(rule) &&
      rule.service === service &&
      rule.method === method &&
      typeof rule.path === "string" &&
      isPathOf(rule.path, path),
  );
  if (!isAllowed) throw refused("they do not allow this method on this path");
}

function refused(why: string): InvalidTokenError {
  return new InvalidTokenError(`The application credential has access rules: ${why}`);
}

/** Undefined for a token without restrictions. Rules that can't be read allow nothing. */
function rulesOf({ extra }: Token): readonly unknown[] | undefined {
  const credential = extra.application_credential;
  if (!isRecord(credential)) return undefined;
  const { access_rules: rules } = credential;
  if (rules === undefined || rules === null) return undefined;
  return Array.isArray(rules) ? rules : [];
}

/**
 * Whether a path is one that a rule allows: `*` and `{name}` stand for one segment of it, `**` for any
 * number of them. Not by a regular expression: a caller writes the rule, and several `**` would take
 * one ages.
 */
function isPathOf(rule: string, path: string): boolean {
  /** Where in the path the parts so far may end. */
  let ends = [0];
  for (const part of rule.match(/\{[^}]*\}|\*\*|\*|[^{*]+|\{/g) ?? []) {
    if (part === "**") ends = anywhereAfter(ends, path);
    else if (part === "*" || /^\{.*\}$/s.test(part)) ends = withinSegment(ends, path);
    else {
      ends = ends.filter((end) => path.startsWith(part, end)).map((end) => end + part.length);
    }
  }
  return ends.includes(path.length);
}

function anywhereAfter([first]: readonly number[], path: string): number[] {
  if (first === undefined) return [];
  return Array.from({ length: path.length - first + 1 }, (_, index) => first + index);
}

/** Behind at least one letter, and before the next slash. */
function withinSegment(starts: readonly number[], path: string): number[] {
  const ends: number[] = [];
  const begins = new Set(starts);
  let isOpen = false;
  for (let place = 0; place < path.length; place++) {
    isOpen = path[place] !== "/" && (isOpen || begins.has(place));
    if (isOpen) ends.push(place + 1);
  }
  return ends;
}
