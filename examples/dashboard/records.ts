/** The Identity API's lists. */
import type { Session } from "keystone-fetch";
import type { IdentityRecord } from "./record-table.tsx";

export async function list(session: Session, kind: string): Promise<IdentityRecord[]> {
  const keystone = await session.service("identity");
  const body = await keystone.get(kind).json<Record<string, IdentityRecord[]>>();
  return body[kind] ?? [];
}

/** Records, and the domains that they are in as far as one may see them. */
export async function withDomains(session: Session, asked: PromiseLike<IdentityRecord[]>) {
  const [records, domains] = await Promise.all([asked, list(session, "domains").catch(() => [])]);
  const { scope, user } = await session.token();
  const own = scope !== "unscoped" && "domain" in scope ? [scope.domain] : [];
  return { records, domains: [...domains, ...own, user.domain] };
}
