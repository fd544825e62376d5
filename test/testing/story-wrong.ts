/** Attributes that no record may have. */
import { adminToken, make } from "./logins.ts";
import type { Story, Visit } from "./visit.ts";

/** A kind of record, what a new one needs besides its name, and attributes that it may not have. */
const kinds: readonly (readonly [kind: string, needs: object, wrong: readonly object[]])[] = [
  [
    "user",
    {},
    [
      { domain_id: {} },
      { domain_id: "" },
      { default_project_id: 5 },
      { default_project_id: "" },
      { description: 5 },
      { options: [] },
      { options: null },
    ],
  ],
  ["group", {}, [{ domain_id: 5 }, { description: 5 }, { name: "x".repeat(65) }]],
  [
    "project",
    {},
    [
      { domain_id: 5 },
      { parent_id: "" },
      { options: null },
      { options: { immutable: "x" } },
      { tags: "x" },
      { tags: ["a/b"] },
      { tags: ["a", "a"] },
      { tags: [""] },
      { is_domain: "x" },
    ],
  ],
  ["domain", {}, [{ tags: ["a,b"] }, { description: 5 }, { enabled: null }]],
  ["role", {}, [{ description: null }, { options: null }, { options: { immutable: 5 } }]],
  ["service", { type: "wrong" }, [{ type: "" }, { type: 5 }, { enabled: "x" }]],
];

const wrongNames = ["", " \t", null, ["x"], "x".repeat(256)];

interface Tried {
  readonly kind: string;
  readonly needs: object;
  readonly id: string;
}

/** A new domain, which can be deleted at the end. */
async function makeDomain(visit: Visit, token: string): Promise<string> {
  const id = await make(visit, "domains", token, { name: visit.unique("domain") });
  visit.undo(() =>
    visit.server.fetch(`${visit.server.root}/v3/domains/${id}`, {
      method: "PATCH",
      headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
      body: JSON.stringify({ domain: { enabled: false } }),
    }),
  );
  return id;
}

/** Tries to make a record with these attributes, and to change one to them. */
async function tryBoth(visit: Visit, token: string, { kind, needs, id }: Tried, wrong: object) {
  const all = `/v3/${kind}s`;
  const step = JSON.stringify(wrong).slice(0, 60);
  const body = { [kind]: { name: visit.unique("wrong"), ...needs, ...wrong } };
  await visit.ask(`POST ${all}`, step, { token, body });
  const params = { [`${kind}_id`]: id };
  await visit.ask(`PATCH ${all}/{${kind}_id}`, step, { token, params, body: { [kind]: wrong } });
}

export const wrongStories: readonly Story[] = [
  ...kinds.map(([kind, needs, others]) => ({
    name: `what no ${kind} may have`,
    async tell(visit: Visit) {
      const token = await adminToken(visit);
      const id =
        kind === "domain"
          ? await makeDomain(visit, token)
          : await make(visit, `${kind}s`, token, { ...needs, name: visit.unique(kind) });
      const wrong = [...wrongNames.map((name) => ({ name })), ...others];
      for (const one of wrong) await tryBoth(visit, token, { kind, needs, id }, one);
    },
  })),
  {
    name: "what stays as it was made",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const domain_id = await makeDomain(visit, token);
      for (const kind of ["user", "group", "project", "role"]) {
        const id = await make(visit, `${kind}s`, token, { name: unique(kind) });
        const params = { [`${kind}_id`]: id };
        const one = `PATCH /v3/${kind}s/{${kind}_id}`;
        await ask(one, "another domain", { token, params, body: { [kind]: { domain_id } } });
        if (kind !== "project") continue;
        const parent = { project: { parent_id: null } };
        await ask(one, "no parent", { token, params, body: parent });
      }
      const none = { name: unique("no domain"), domain_id: null };
      await make(visit, "projects", token, none);
    },
  },
];
