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
      patternOf(rule.path).test(path),
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

/** `*` and `{name}` stand for one segment of a path, `**` for any number of them. */
function patternOf(path: string): RegExp {
  const source = path.replace(/\{[^}]*\}|\*\*|\*|[^{*]+|\{/g, (part) => {
    if (part === "**") return ".*";
    if (part === "*" || (part.startsWith("{") && part.endsWith("}"))) return "[^/]+";
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${source}$`);
}
