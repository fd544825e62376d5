import { InvalidTokenError } from "../errors.ts";
import { isRecord } from "../is-record.ts";
import type { Token } from "../token.ts";
import type { IncomingRequest } from "./incoming-request.ts";
import { allowsPath, decodePath } from "./rule-path.ts";

/** Options for enforcing the access rules of application credentials. */
export interface AccessRuleOptions {
  /** The type under which this API is in the catalog, as rules name it: `"compute"`, `"placement"`. */
  readonly service: string;
}

/**
 * How many letters all rules together may have, times those of the path: callers write both, and a
 * comparison takes at most so many steps. It is enough for 1000 rules of 100 letters each and a path of
 * 100.
 */
const maxSteps = 10_000_000;

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
  const path = decodePath(new URL(url).pathname);
  // Everybody may validate a token, whatever the rules are.
  const isValidation =
    service === "identity" && method === "GET" && path?.endsWith("/v3/auth/tokens");
  if (isValidation) return;
  if (!token.catalog.some(({ type }) => type === service)) {
    throw refused("the token's catalog has no service of the type in accessRules.service");
  }
  if (fromService) return;
  if (path === undefined) throw refused("the request's path is encoded ambiguously");
  const paths = rules.flatMap((rule) =>
    isRecord(rule) &&
    rule.service === service &&
    rule.method === method &&
    typeof rule.path === "string"
      ? [rule.path]
      : [],
  );
  if (paths.join("").length * path.length > maxSteps) throw refused("there are too many of them");
  const isAllowed = paths.some((one) => allowsPath(one, path));
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
