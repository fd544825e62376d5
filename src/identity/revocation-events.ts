import { looseObject, string } from "valibot";
import type { CallOptions, Session } from "../session/contract.ts";
import type { Filters } from "./shared/filters.ts";
import type { Kind } from "./shared/kind.ts";
import { type Listing, listing } from "./shared/listing.ts";
import { path } from "./shared/path.ts";
import { maybe, time } from "./shared/shapes.ts";

/** A revocation event, as the API has it: it ended all tokens that have these attributes. */
export interface RevocationEvent {
  /** Only tokens that were issued until then. */
  readonly issued_before?: string | null | undefined;
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
  /** Only events since then. */
  readonly since?: string | Date | undefined;
}

const filters: Filters<RevocationEventQuery> = Object.freeze({ since: "plain" });

const kind: Kind<RevocationEvent> = {
  one: "event",
  many: "events",
  schema: looseObject({
    issued_before: time,
    user_id: maybe(string()),
    project_id: maybe(string()),
    domain_id: maybe(string()),
    audit_id: maybe(string()),
    audit_chain_id: maybe(string()),
    "OS-TRUST:trust_id": maybe(string()),
  }),
};

/**
 * Lists why tokens that have not expired yet are no longer valid.
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
  return listing(session, { kind, path: path`OS-REVOKE/events`, query, filters, options });
}
