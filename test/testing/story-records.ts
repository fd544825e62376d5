/** Domains, projects, roles, services, endpoints and regions: alike, and so told alike. */
import { adminToken, make } from "./logins.ts";
import type { Story, Visit } from "./visit.ts";

interface Alike {
  readonly plural: string;
  /** What a new one is made of, and what is changed of it. */
  attributes(visit: Visit, token: string): Promise<object> | object;
  readonly change: object;
  /** Filters, and more bodies that are refused. */
  readonly queries?: (attributes: Readonly<Record<string, string>>) => readonly string[];
  readonly refused?: Readonly<Record<string, object>>;
}

const alike: readonly Alike[] = [
  {
    plural: "projects",
    attributes: ({ unique }) => ({ name: unique("project"), domain_id: "default", note: "x" }),
    change: { description: "x" },
    queries: ({ name }) => [`?name=${name}`, `?name=${name}&enabled=false`, "?name=nothing-at-all"],
    refused: {
      "an unknown domain": { name: "nowhere", domain_id: "nowhere" },
      "no name": { domain_id: "default" },
      "no boolean": { name: "x", enabled: "yes" },
    },
  },
  {
    plural: "roles",
    attributes: ({ unique }) => ({ name: unique("role") }),
    change: { description: "x" },
    queries: ({ name }) => [`?name=${name}`, "?name=nothing-at-all"],
    refused: { "no name": {} },
  },
  {
    plural: "services",
    attributes: ({ unique }) => ({ type: unique("type"), name: unique("service") }),
    change: { description: "x", enabled: false },
    queries: ({ type, name }) => [`?type=${type}`, `?name=${name}`, "?type=nothing-at-all"],
    refused: { "no type": { name: "x" }, "no boolean": { type: "x", enabled: "yes" } },
  },
  {
    plural: "endpoints",
    attributes: async (visit, token) => ({
      service_id: await make(visit, "services", token, { type: visit.unique("type") }),
      interface: "public",
      url: "https://example.com/v1",
      region_id: "RegionOne",
    }),
    change: { enabled: false },
    queries: ({ service_id }) => [
      `?service_id=${service_id}`,
      `?service_id=${service_id}&interface=admin`,
      `?service_id=${service_id}&region_id=RegionOne`,
    ],
    refused: {
      "no service": { interface: "public", url: "https://example.com" },
      "an interface that is none": {
        service_id: "nothing",
        interface: "secret",
        url: "https://example.com",
      },
      "an unknown service": { service_id: "nothing", interface: "public", url: "https://e.com" },
    },
  },
  {
    plural: "regions",
    attributes: ({ unique }) => ({ id: unique("region"), description: "x" }),
    change: { description: "y" },
    queries: () => ["?parent_region_id=nothing"],
    refused: { "an unknown parent": { parent_region_id: "nothing" } },
  },
];

const stories = alike.map(({ plural, attributes, change, queries, refused = {} }): Story => {
  const singular = plural.slice(0, -1);
  const all = `/v3/${plural}`;
  const one = `${all}/{${singular}_id}`;
  return {
    name: plural,
    async tell(visit) {
      const { ask } = visit;
      const token = await adminToken(visit);
      const given = await attributes(visit, token);
      const id = await make(visit, plural, token, given);
      const params = { [`${singular}_id`]: id };
      await ask(`GET ${one}`, "it", { token, params });
      await ask(`HEAD ${one}`, "it, without a body", { token, params });
      const words = given as Readonly<Record<string, string>>;
      for (const query of queries?.(words) ?? []) {
        await ask(`GET ${all}`, query.replace(/=[^&]*/g, ""), { token, query });
      }
      await ask(`PATCH ${one}`, "a change", { token, params, body: { [singular]: change } });
      await ask(`PATCH ${one}`, "another id", { token, params, body: { [singular]: { id: "x" } } });
      if ("name" in given && plural !== "services") {
        await ask(`POST ${all}`, "the same again", { token, body: { [singular]: given } });
      }
      for (const [what, body] of Object.entries(refused)) {
        await ask(`POST ${all}`, what, { token, body: { [singular]: body } });
      }
      await ask(`POST ${all}`, "no token", { body: { [singular]: given } });
      await ask(`DELETE ${one}`, "it", { token, params });
      await ask(`GET ${one}`, "one that is gone", { token, params });
      await ask(`PATCH ${one}`, "one that is gone", {
        token,
        params,
        body: { [singular]: change },
      });
      await ask(`DELETE ${one}`, "one that is gone", { token, params });
    },
  };
});

export const recordStories: readonly Story[] = [
  ...stories,
  {
    name: "domains",
    async tell(visit) {
      const { ask, unique, server } = visit;
      const token = await adminToken(visit);
      const name = unique("domain");
      const one = "/v3/domains/{domain_id}";
      const { json } = await ask("POST /v3/domains", "one", { token, body: { domain: { name } } });
      const domain_id: string = json.domain.id;
      const params = { domain_id };
      visit.undo(async () => {
        const url = `${server.root}/v3/domains/${domain_id}`;
        const headers = { "X-Auth-Token": token, "Content-Type": "application/json" };
        const body = JSON.stringify({ domain: { enabled: false } });
        await server.fetch(url, { method: "PATCH", headers, body });
        await server.fetch(url, { method: "DELETE", headers });
      });
      await ask(`GET ${one}`, "it", { token, params });
      await ask("GET /v3/domains", "by name", { token, query: `?name=${name}` });
      await ask("POST /v3/domains", "the same again", { token, body: { domain: { name } } });
      await ask("POST /v3/domains", "no name", { token, body: { domain: {} } });
      await ask(`DELETE ${one}`, "an enabled one", { token, params });
      await ask(`PATCH ${one}`, "disabled", {
        token,
        params,
        body: { domain: { enabled: false } },
      });
      await ask(`DELETE ${one}`, "a disabled one", { token, params });
      await ask(`GET ${one}`, "one that is gone", { token, params });
    },
  },
  {
    name: "projects below projects",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const top = await make(visit, "projects", token, { name: unique("top") });
      const below = await make(visit, "projects", token, { name: unique("below"), parent_id: top });
      const one = "/v3/projects/{project_id}";
      for (const query of ["parents_as_ids", "parents_as_list", "subtree_as_ids"]) {
        await ask(`GET ${one}`, query, {
          token,
          params: { project_id: below },
          query: `?${query}`,
        });
        await ask(`GET ${one}`, `${query}, of the upper one`, {
          token,
          params: { project_id: top },
          query: `?${query}`,
        });
      }
      await ask("GET /v3/projects", "by parent", { token, query: `?parent_id=${top}` });
      await ask("POST /v3/projects", "an unknown parent", {
        token,
        body: { project: { name: unique("lost"), parent_id: "ffffffffffffffffffffffffffffffff" } },
      });
      await ask(`DELETE ${one}`, "one with another below", { token, params: { project_id: top } });
    },
  },
];
