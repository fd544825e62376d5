/** The Identity API's lists, as the tables show them. */
import type { Session } from "keystone-fetch";
import { domains, type Listing } from "keystone-fetch/identity";
import type { IdentityRecord } from "./record-table.tsx";

/** Some records, with the name of the domain that each is in as far as one may see it. */
export interface WithDomains {
  readonly records: readonly IdentityRecord[];
  /** Whether the server kept some back. */
  readonly truncated: boolean;
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
  const names = new Map([user.domain, ...own, ...seen].map(({ id, name }) => [id, name]));
  const domainOf = ({ domain_id }: IdentityRecord) =>
    domain_id ? (names.get(`${domain_id}`) ?? `${domain_id}`) : "every domain";
  return {
    records: records.map((record) => ({ ...record, domain: domainOf(record) })),
    truncated: records.truncated,
  };
}
