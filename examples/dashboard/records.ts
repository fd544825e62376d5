/** The Identity API's records, as the tables show them. */
import type { IdAndName, Session } from "keystone-fetch";
import { domains, type Listing } from "keystone-fetch/identity";
import type { IdentityRecord } from "./record-kind.ts";

/** Some records, each with the name of its domain, as far as the user may see it. */
export interface WithDomains {
  readonly records: readonly IdentityRecord[];
  /** Whether the server withheld some. */
  readonly truncated: boolean;
}

export async function withDomains(
  session: Session,
  asked: Listing<IdentityRecord>,
): Promise<WithDomains> {
  const [records, named] = await Promise.all([asked, nameDomains(session)]);
  return { records: records.map(named), truncated: records.truncated };
}

export async function withDomain(
  session: Session,
  asked: Promise<IdentityRecord>,
): Promise<IdentityRecord> {
  const [record, named] = await Promise.all([asked, nameDomains(session)]);
  return named(record);
}

/** All domains, by name; for users who may not list them, only their own. */
export async function knownDomains(session: Session): Promise<readonly IdAndName[]> {
  const seen = await domains.list(session).catch(() => []);
  const { scope, user } = await session.token();
  const own = [user.domain, scope.domain ?? scope.project?.domain ?? user.domain];
  const names = new Map([...own, ...seen].map(({ id, name }) => [id, name]));
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** How to give a record the name of its domain. */
async function nameDomains(session: Session): Promise<(record: IdentityRecord) => IdentityRecord> {
  const names = new Map((await knownDomains(session)).map(({ id, name }) => [id, name]));
  const domainOf = ({ domain_id }: IdentityRecord) =>
    domain_id ? (names.get(`${domain_id}`) ?? `${domain_id}`) : "all domains";
  return (record) => ({ ...record, domain: domainOf(record) });
}
