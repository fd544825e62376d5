/** The Identity API's lists, as the tables show them. */
import type { Named, Session } from "keystone-fetch";
import { domains, type Listing } from "keystone-fetch/identity";
import type { IdentityRecord } from "./record-table.tsx";

/** Some records, and the domains that they are in as far as one may see them. */
export interface WithDomains {
  readonly records: readonly IdentityRecord[];
  /** Whether the server kept some back. */
  readonly truncated: boolean;
  readonly domains: readonly Named[];
}

export async function withDomains(
  session: Session,
  asked: Listing<IdentityRecord>,
): Promise<WithDomains> {
  const [records, seen] = await Promise.all([
    asked,
    // Who may not list them still has names for their own.
    domains.list(session).catch(() => []),
  ]);
  const { scope, user } = await session.token();
  const own = scope !== "unscoped" && "domain" in scope ? [scope.domain] : [];
  return { records, truncated: records.truncated, domains: [...seen, ...own, user.domain] };
}
