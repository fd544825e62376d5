import { looseObject, nullish, string } from "valibot";
import type { CallOptions, Session } from "../session/session.ts";
import { type Listing, listing } from "./listing.ts";
import { path } from "./path.ts";
import type { Kind } from "./request.ts";

/** A revocation event, as the API has it: all tokens that have these attributes have ended. */
export interface RevocationEvent {
  /** Those that were issued up to then. */
  readonly issued_before: string;
  readonly user_id?: string | null | undefined;
  readonly project_id?: string | null | undefined;
  readonly domain_id?: string | null | undefined;
  readonly audit_id?: string | null | undefined;
  readonly audit_chain_id?: string | null | undefined;
  readonly "OS-TRUST:trust_id"?: string | null | undefined;
  readonly [attribute: string]: unknown;
}

/** Which revocation events to list. */
export interface RevocationEventQuery {
  /** Those since then. */
  readonly since?: string | Date | undefined;
}

const kind: Kind<RevocationEvent> = {
  one: "event",
  many: "events",
  schema: looseObject({
    issued_before: string(),
    user_id: nullish(string()),
    project_id: nullish(string()),
    domain_id: nullish(string()),
    audit_id: nullish(string()),
    audit_chain_id: nullish(string()),
    "OS-TRUST:trust_id": nullish(string()),
  }),
};

/**
 * Lists why tokens that have not expired yet are of no use any more.
 *
 * @throws {ForbiddenError} without a role for it.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#list-revocation-events
 * @example
 * const events = await revocationEvents.list(session, { since: new Date(Date.now() - 60_000) });
 */
export function list(
  session: Session,
  query?: RevocationEventQuery,
  options?: CallOptions,
): Listing<RevocationEvent> {
  return listing(session, kind, path`OS-REVOKE/events`, query, options);
}
