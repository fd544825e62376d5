/** Who could be given a role, and where. */
import type { Session } from "keystone-fetch";
import { domains, groups, projects, users } from "keystone-fetch/identity";
import { isPerson, type Party, wholeCloud } from "./assignees.ts";
import { knownDomains } from "./records.ts";

export interface PartyChoice extends Party {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly domain_id?: unknown;
}

/** For a user or group: projects, domains and the cloud; for a project or domain: users and groups. */
export async function listParties(session: Session, of: Party): Promise<PartyChoice[]> {
  const known = await knownDomains(session);
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const choices = (kind: Party["kind"], listed: readonly Listed[]) =>
    listed.toSorted(byName).map(({ id, name, domain_id }) => ({
      kind,
      id,
      key: `${kind}:${id}`,
      label: name,
      detail: domain_id ? `${kind}, ${names.get(`${domain_id}`) ?? domain_id}` : kind,
    }));
  if (isPerson(of)) {
    const [listed, above] = await Promise.all([
      projects.list(session),
      domains.list(session).catch(() => known),
    ]);
    const { name, about, ...cloud } = wholeCloud;
    const whole = { ...cloud, key: "system:all", label: name, detail: about };
    return [...choices("project", listed), ...choices("domain", above), whole];
  }
  const [people, teams] = await Promise.all([users.list(session), groups.list(session)]);
  return [...choices("user", people), ...choices("group", teams)];
}

const byName = (a: Listed, b: Listed) => a.name.localeCompare(b.name);
