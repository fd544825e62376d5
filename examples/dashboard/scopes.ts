/** Where a user may work, and how to get there. */
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
    // Releases before Rocky do not have this.
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
  key: "system:all",
  kind: "Cloud",
  label: "Whole cloud",
  detail: "system",
  scope: { system: "all" },
};

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** The choice to which a token belongs. */
export function keyOf({ scope }: Token): string | undefined {
  if (scope.project) return `project:${scope.project.id}`;
  if (scope.domain) return `domain:${scope.domain.id}`;
  return scope.system && wholeCloud.key;
}

/**
 * This tab's own session, for one scope. It is revoked at a sign-out, in whichever tab: its token is a
 * separate one for Keystone, and would live on.
 */
export async function enterScope(login: Session, scope: Scope): Promise<Session> {
  const session = login.rescope(scope);
  setByToken(await session.token());
  const stops = [login.subscribe(follow), session.subscribe(follow)];
  function follow() {
    const left = session.state.status === "unauthenticated";
    if (login.state.status !== "unauthenticated" && !left) return;
    for (const stop of stops) stop();
    // If it can't be revoked, it will expire; the sign-in form says so.
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

/** From this tab's storage and the browser's; from neither if the browser stores nothing. */
function read<T>(use: (storage: Storage) => T): T[] {
  try {
    return [sessionStorage, localStorage].map(use);
  } catch {
    return [];
  }
}
