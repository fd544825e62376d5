import type { CallOptions, Session } from "../session/contract.ts";
import { type AccessRule, accessRuleKind } from "./records/access-rule.ts";
import type { DeleteOptions } from "./shared/call-options.ts";
import type { Filters } from "./shared/filters.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { erase, show } from "./shared/requests.ts";

export type { AccessRule };

/** Which access rules to list. */
export interface AccessRuleQuery {
  readonly service?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

const filters: Filters<AccessRuleQuery> = Object.freeze({
  service: "checked",
  method: "checked",
  path: "checked",
});

/**
 * Lists the access rules of a user's application credentials. They are created with an application
 * credential, and stay when it is deleted.
 *
 * @throws {ForbiddenError} if it is another user, without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#list-access-rules
 * @example
 * const rules = await accessRules.list(session, user, { service: "compute" });
 */
export function list(
  session: Session,
  user: string,
  query?: AccessRuleQuery,
  options?: CallOptions,
): Listing<AccessRule> {
  return listing(session, {
    kind: accessRuleKind,
    path: path`users/${user}/access_rules`,
    query,
    filters,
    options,
  });
}

/**
 * Gets an access rule by id.
 *
 * @throws {NotFoundError} if there is none.
 * @see https://docs.openstack.org/api-ref/identity/v3/#show-access-rule-details
 * @example
 * const { service, method, path } = await accessRules.get(session, user, id);
 */
export async function get(
  session: Session,
  user: string,
  id: string,
  options?: CallOptions,
): Promise<AccessRule> {
  return show(session, accessRuleKind, path`users/${user}/access_rules/${id}`, options);
}

/**
 * Deletes an access rule.
 *
 * @throws {NotFoundError} if there is none.
 * @throws {ForbiddenError} while an application credential uses it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#delete-access-rule
 * @example
 * await accessRules.delete(session, user, id);
 */
async function remove(
  session: Session,
  user: string,
  id: string,
  options?: DeleteOptions,
): Promise<void> {
  return erase(session, path`users/${user}/access_rules/${id}`, options);
}

export { remove as delete };
