/** The Identity API's lists. */
import type { Session } from "keystone-fetch";
import type { IdentityRecord } from "./record-table.tsx";

export async function list(session: Session, kind: string): Promise<IdentityRecord[]> {
  const keystone = await session.service("identity");
  const body = await keystone.get(kind).json<Record<string, IdentityRecord[]>>();
  return body[kind] ?? [];
}

/** The records of a kind, and the domains that they are in as far as one may see them. */
export async function listWithDomains(session: Session, kind: string) {
  const [records, domains] = await Promise.all([
    list(session, kind),
    list(session, "domains").catch(() => []),
  ]);
  const { scope, user } = await session.token();
  const own = scope !== "unscoped" && "domain" in scope ? [scope.domain] : [];
  return { records, domains: [...domains, ...own, user.domain] };
}
