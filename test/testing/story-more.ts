/** Tags, roles that imply others, and what is more about catalogs and roles. */
import { adminToken, make } from "./logins.ts";
import type { Story } from "./visit.ts";

export const moreStories: readonly Story[] = [
  {
    name: "tags of projects",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const project_id = await make(visit, "projects", token, { name: unique("tagged") });
      const all = "/v3/projects/{project_id}/tags";
      const one = `${all}/{tag}`;
      const params = { project_id, tag: "blue" };
      await ask(`GET ${all}`, "none", { token, params });
      await ask(`GET ${one}`, "not there", { token, params });
      await ask(`DELETE ${one}`, "not there", { token, params });
      await ask(`PUT ${one}`, "one", { token, params });
      await ask(`PUT ${one}`, "once more", { token, params });
      await ask(`GET ${one}`, "there", { token, params });
      for (const tags of [["a", "b"], ["a", "a"], ["a,b"], "a"]) {
        await ask(`PUT ${all}`, `${tags}`, { token, params, body: { tags } });
      }
      for (const query of [
        "tags=a",
        "tags=a,x",
        "tags-any=a,x",
        "not-tags=a",
        "not-tags-any=a,x",
      ]) {
        const name = `name=${encodeURIComponent(unique("tagged"))}`;
        await ask("GET /v3/projects", query, { token, query: `?${name}&${query}` });
      }
      await ask(`DELETE ${all}`, "all", { token, params });
      await ask(`GET ${all}`, "of an unknown project", {
        token,
        params: { project_id: "ffffffffffffffffffffffffffffffff" },
      });
    },
  },
  {
    name: "roles that imply others",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const prior_role_id = await make(visit, "roles", token, { name: unique("prior") });
      const implied_role_id = await make(visit, "roles", token, { name: unique("implied") });
      const { json } = await ask("GET /v3/roles", "the administrator's", {
        token,
        query: "?name=admin",
      });
      const all = "/v3/roles/{prior_role_id}/implies";
      const one = `${all}/{implied_role_id}`;
      const params = { prior_role_id, implied_role_id };
      await ask(`GET ${all}`, "none", { token, params });
      await ask(`GET ${one}`, "not yet", { token, params });
      await ask(`DELETE ${one}`, "not yet", { token, params });
      await ask(`PUT ${one}`, "one", { token, params });
      await ask(`PUT ${one}`, "once more", { token, params });
      await ask(`GET ${one}`, "there", { token, params });
      await ask(`HEAD ${one}`, "there", { token, params });
      await ask(`GET ${all}`, "one", { token, params });
      await ask("GET /v3/role_inferences", "all", { token });
      await ask(`PUT ${one}`, "the administrator's", {
        token,
        params: { prior_role_id, implied_role_id: json.roles[0].id },
      });
      await ask(`PUT ${one}`, "an unknown one", {
        token,
        params: { prior_role_id, implied_role_id: "ffffffffffffffffffffffffffffffff" },
      });
      await ask(`DELETE ${one}`, "there", { token, params });
    },
  },
  {
    name: "what is more about catalogs and roles",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const region_id = unique("put");
      const params = { region_id };
      await ask("PUT /v3/regions/{region_id}", "a region by its id", {
        token,
        params,
        body: { region: { description: "x" } },
      });
      await ask("PUT /v3/regions/{region_id}", "once more", {
        token,
        params,
        body: { region: {} },
      });
      const service_id = await make(visit, "services", token, { type: unique("type") });
      const url = "https://example.com";
      const endpoint_id = await make(visit, "endpoints", token, {
        service_id,
        interface: "public",
        url,
        region_id,
      });
      await ask("DELETE /v3/regions/{region_id}", "one in use", { token, params });
      await ask("DELETE /v3/endpoints/{endpoint_id}", "it", { token, params: { endpoint_id } });
      await ask("DELETE /v3/regions/{region_id}", "one no longer in use", { token, params });
      const { json } = await ask("GET /v3/roles", "a bootstrapped one", {
        token,
        query: "?name=reader",
      });
      const role = { role_id: json.roles[0].id };
      await ask("DELETE /v3/roles/{role_id}", "a bootstrapped one", { token, params: role });
      await ask("PATCH /v3/roles/{role_id}", "a bootstrapped one", {
        token,
        params: role,
        body: { role: { description: "x" } },
      });
    },
  },
];
