/** Logins of the accounts, and what a story needs most. */
import type { Question, Visit } from "./visit.ts";

export const domain = { name: "Default" };

export const admin = { name: "admin", password: "admin-password", domain };
export const demo = { name: "demo", password: "demo-password", domain };

export const on = (name: string, domainName = "Default") => ({
  project: { name, domain: { name: domainName } },
});

export const adminScope = on("admin");

/** The body of a login by password. */
export const byPassword = (user: object, scope?: unknown) => ({
  auth: {
    identity: { methods: ["password"], password: { user } },
    ...(scope !== undefined && { scope }),
  },
});

export const byToken = (id: string, scope?: unknown) => ({
  auth: {
    identity: { methods: ["token"], token: { id } },
    ...(scope !== undefined && { scope }),
  },
});

export const login = "POST /v3/auth/tokens";

/** A token, by a step that is compared as any other. */
export async function tokenOf(visit: Visit, body: unknown, step = "a login"): Promise<string> {
  const { headers, status } = await visit.ask(login, step, { body });
  const token = headers.get("X-Subject-Token");
  if (!token) throw new Error(`${visit.server.root}: ${step}: ${status}`);
  return token;
}

export const adminToken = (visit: Visit): Promise<string> =>
  tokenOf(visit, byPassword(admin, adminScope), "the administrator's login");

/** Creates a record, and deletes it at the end: its id. */
export async function make(
  visit: Visit,
  plural: string,
  token: string,
  attributes: object,
  question: Question = {},
): Promise<string> {
  const singular = plural === "policies" ? "policy" : plural.slice(0, -1);
  const { json, status } = await visit.ask(`POST /v3/${plural}`, `create a ${singular}`, {
    token,
    body: { [singular]: attributes },
    ...question,
  });
  if (status !== 201) throw new Error(`${visit.server.root}: no ${singular}: ${status}`);
  const { id } = json[singular];
  visit.undo(() =>
    visit.server.fetch(`${visit.server.root}/v3/${plural}/${encodeURIComponent(id)}`, {
      method: "DELETE",
      headers: { "X-Auth-Token": token },
    }),
  );
  return id;
}
