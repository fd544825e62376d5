/** Where a user may work, and going there. */
import type { Scope, Session, Token } from "keystone-fetch";
import { auth } from "keystone-fetch/identity";
import { setByToken } from "./keystone-clock.ts";

/** One project, domain, or the system. */
export interface Choice {
  readonly key: string;
  readonly kind: "Projects" | "Domains" | "Cloud";
  readonly label: string;
  readonly detail: string;
  readonly scope: Scope;
}

/** All that this user has a role on, by name. */
export async function listChoices(login: Session): Promise<Choice[]> {
  const [projects, domains, system] = await Promise.all([
    login.projects(),
    login.domains(),
    // Releases before Rocky do not know this.
    auth.system(login).catch(() => []),
  ]);
  const { user } = await login.token();
  const names = new Map([user.domain, ...domains].map(({ id, name }) => [id, name]));
  const inDomain = (id: unknown) => names.get(`${id}`) ?? `${id}`;
  return [
    ...projects.sort(byName).map(
      ({ id, name, domain_id }): Choice => ({
        key: `project:${id}`,
        kind: "Projects",
        label: name,
        detail: inDomain(domain_id),
        scope: { project: { id } },
      }),
    ),
    ...domains.sort(byName).map(
      ({ id, name }): Choice => ({
        key: `domain:${id}`,
        kind: "Domains",
        label: name,
        detail: "domain",
        scope: { domain: { id } },
      }),
    ),
    ...(system.length > 0 ? [wholeCloud] : []),
  ];
}

const wholeCloud: Choice = {
  key: "system",
  kind: "Cloud",
  label: "Whole cloud",
  detail: "system",
  scope: { system: "all" },
};

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** The choice that a token stands for. */
export function keyOf({ scope }: Token): string | undefined {
  if (scope === "unscoped") return undefined;
  if ("project" in scope) return `project:${scope.project.id}`;
  if ("domain" in scope) return `domain:${scope.domain.id}`;
  return "system" in scope ? "system" : undefined;
}

/**
 * A session of this tab's own, for one scope. It ends with the sign-in, in whichever tab that was
 * ended: Keystone knows its token as one of its own, which would live on.
 */
export async function enterScope(login: Session, scope: Scope): Promise<Session> {
  const session = login.rescope(scope);
  setByToken(await session.token());
  const stops = [login.subscribe(follow), session.subscribe(follow)];
  function follow() {
    const left = session.state.status === "unauthenticated";
    if (login.state.status !== "unauthenticated" && !left) return;
    for (const stop of stops) stop();
    // What can't be revoked ends with its time; the sign-in form tells of it.
    if (!left) session.revoke().catch(() => undefined);
  }
  return session;
}

const KEY = "keystone-dashboard:scope:";

/** The one that this user worked in last: in this tab, or else in any. */
export function lastChoice(choices: readonly Choice[], userId: string): Choice | undefined {
  const keys = read((storage) => storage.getItem(KEY + userId));
  return keys.map((key) => choices.find((one) => one.key === key)).find((one) => one);
}

export function rememberChoice({ key }: Choice, userId: string): void {
  read((storage) => storage.setItem(KEY + userId, key));
}

/** From this tab's storage and the browser's; from neither where the browser stores nothing. */
function read<T>(use: (storage: Storage) => T): T[] {
  try {
    return [sessionStorage, localStorage].map(use);
  } catch {
    return [];
  }
}
