/** Roles that users and groups are given, and who may do what. */
import { adminToken, byPassword, demo, domain, login, make, on, tokenOf } from "./logins.ts";
import type { Story } from "./visit.ts";

const places = ["projects/{project_id}", "domains/{domain_id}", "system"];

export const grantStories: readonly Story[] = [
  {
    name: "grants",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const domain_id = "default";
      const role_id = await make(visit, "roles", token, { name: unique("role") });
      const user_id = await make(visit, "users", token, { name: unique("grantee"), domain_id });
      const group_id = await make(visit, "groups", token, { name: unique("group"), domain_id });
      const project_id = await make(visit, "projects", token, { name: unique("place"), domain_id });
      const params = { domain_id, role_id, user_id, group_id, project_id };
      for (const place of places) {
        for (const who of ["users/{user_id}", "groups/{group_id}"]) {
          const all = `/v3/${place}/${who}/roles`;
          await ask(`GET ${all}/{role_id}`, "not yet given", { token, params });
          await ask(`DELETE ${all}/{role_id}`, "not yet given", { token, params });
          await ask(`GET ${all}`, "none yet", { token, params });
          await ask(`PUT ${all}/{role_id}`, "given", { token, params });
          await ask(`PUT ${all}/{role_id}`, "once more", { token, params });
          await ask(`GET ${all}/{role_id}`, "given", { token, params });
          await ask(`HEAD ${all}/{role_id}`, "given", { token, params });
          await ask(`GET ${all}`, "one", { token, params });
          await ask(`PUT ${all}/{role_id}`, "an unknown role", {
            token,
            params: { ...params, role_id: "nothing" },
          });
          await ask(`DELETE ${all}/{role_id}`, "given", { token, params });
          if (place === "system") continue;
          const inherited = `/v3/OS-INHERIT/${place}/${who}/roles/{role_id}/inherited_to_projects`;
          await ask(`GET ${inherited}`, "not yet given", { token, params });
          await ask(`PUT ${inherited}`, "given", { token, params });
          if (place.startsWith("domains")) {
            await ask(`GET ${inherited.replace("/{role_id}", "")}`, "one", { token, params });
          }
          await ask(`GET ${inherited}`, "given", { token, params });
          await ask(`DELETE ${inherited}`, "given", { token, params });
        }
      }
      const grant = "/v3/projects/{project_id}/users/{user_id}/roles/{role_id}";
      for (const name of ["project_id", "user_id", "role_id"]) {
        const wrong = { ...params, [name]: "ffffffffffffffffffffffffffffffff" };
        await ask(`PUT ${grant}`, `an unknown ${name}`, { token, params: wrong });
        await ask(`GET ${grant}`, `an unknown ${name}`, { token, params: wrong });
      }
    },
  },
  {
    name: "role assignments",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const domain_id = "default";
      const { json } = await ask("GET /v3/roles", "member", { token, query: "?name=member" });
      const role_id: string = json.roles[0].id;
      const user_id = await make(visit, "users", token, { name: unique("grantee"), domain_id });
      const group_id = await make(visit, "groups", token, { name: unique("group"), domain_id });
      const project_id = await make(visit, "projects", token, { name: unique("place"), domain_id });
      const below = await make(visit, "projects", token, {
        name: unique("low"),
        parent_id: project_id,
      });
      const params = { domain_id, role_id, user_id, group_id, project_id };
      await ask("PUT /v3/groups/{group_id}/users/{user_id}", "a member", { token, params });
      for (const place of [
        "projects/{project_id}/users/{user_id}/roles/{role_id}",
        "projects/{project_id}/groups/{group_id}/roles/{role_id}",
        "domains/{domain_id}/users/{user_id}/roles/{role_id}",
        "system/users/{user_id}/roles/{role_id}",
        "OS-INHERIT/projects/{project_id}/users/{user_id}/roles/{role_id}/inherited_to_projects",
      ]) {
        await ask(`PUT /v3/${place}`, "given", { token, params });
      }
      for (const query of [
        `user.id=${user_id}`,
        `group.id=${group_id}`,
        `user.id=${user_id}&effective`,
        `user.id=${user_id}&effective&include_names=1`,
        `user.id=${user_id}&include_names`,
        `user.id=${user_id}&scope.project.id=${project_id}`,
        `user.id=${user_id}&scope.domain.id=default`,
        `user.id=${user_id}&scope.system=all`,
        `user.id=${user_id}&scope.system=all&effective`,
        `user.id=${user_id}&role.id=nothing`,
        `user.id=${user_id}&scope.OS-INHERIT:inherited_to=projects`,
        `scope.project.id=${project_id}&include_subtree`,
        `scope.project.id=${below}`,
        `scope.project.id=${below}&effective`,
        `user.id=${user_id}&group.id=${group_id}`,
        `group.id=${group_id}&effective`,
        `scope.project.id=${project_id}&scope.domain.id=default`,
        `scope.project.id=${project_id}&scope.system=all`,
        "include_subtree",
      ]) {
        await ask("GET /v3/role_assignments", query.replace(/=[0-9a-f]{32}/g, ""), {
          token,
          query: `?${query}`,
        });
      }
      await ask("GET /v3/users/{user_id}/projects", "with a role", { token, params });
    },
  },
  {
    name: "a role that is taken away, and given back",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const domain_id = "default";
      const role_id = await make(visit, "roles", token, { name: unique("role") });
      const user = { name: unique("holder"), domain_id, password: "secret" };
      const user_id = await make(visit, "users", token, user);
      const project_id = await make(visit, "projects", token, { name: unique("place"), domain_id });
      const params = { role_id, user_id, project_id };
      const grant = "/v3/projects/{project_id}/users/{user_id}/roles/{role_id}";
      await ask(`PUT ${grant}`, "given", { token, params });
      const body = byPassword({ id: user_id, password: "secret" }, { project: { id: project_id } });
      const own = await tokenOf(visit, body);
      await ask(`DELETE ${grant}`, "taken away", { token, params });
      await ask("GET /v3/auth/tokens", "without a role", { token, subject: own });
      await ask(login, "without a role", { body });
      await ask(`PUT ${grant}`, "given back", { token, params });
      await ask("GET /v3/auth/tokens", "with the role again", { token, subject: own });
      const disable = { project: { enabled: false } };
      await ask("PATCH /v3/projects/{project_id}", "disabled", { token, params, body: disable });
      await ask("GET /v3/auth/tokens", "on a disabled project", { token, subject: own });
      await ask(login, "on a disabled project", { body });
    },
  },
  {
    name: "who may do what",
    // It lists what a user has, to which other cases add.
    alone: true,
    async tell(visit) {
      const { ask } = visit;
      const root = await adminToken(visit);
      const member = await ask(login, "a member", { body: byPassword(demo, on("web")) });
      const inDomain = await tokenOf(visit, byPassword(demo, { domain: { name: "research" } }));
      const system = await tokenOf(
        visit,
        byPassword(
          { name: "admin", password: "admin-password", domain },
          { system: { all: true } },
        ),
      );
      const tokens = {
        member: member.headers.get("X-Subject-Token") ?? "",
        "a reader of a domain": inDomain,
        "an administrator of the system": system,
        nobody: undefined,
      };
      const { user, project } = member.json.token;
      const { json } = await ask("GET /v3/users", "another user", {
        token: root,
        query: "?name=dora",
      });
      const { json: roles } = await ask("GET /v3/roles", "a role", {
        token: root,
        query: "?name=reader",
      });
      const params = {
        user_id: user.id,
        project_id: project.id,
        domain_id: "default",
        role_id: roles.roles[0].id,
        region_id: "RegionOne",
      };
      const other = { ...params, user_id: json.users[0].id, domain_id: project.domain.id };
      for (const [who, token] of Object.entries(tokens)) {
        for (const route of [
          "/v3/users/{user_id}",
          "/v3/users/{user_id}/groups",
          "/v3/users/{user_id}/projects",
          "/v3/users/{user_id}/application_credentials",
          "/v3/projects/{project_id}",
          "/v3/domains/{domain_id}",
          "/v3/roles/{role_id}",
          "/v3/regions/{region_id}",
        ]) {
          await ask(`GET ${route}`, `${who}, of the member's own`, { token, params });
          await ask(`GET ${route}`, `${who}, of another's`, { token, params: other });
        }
        for (const list of [
          "users?name=nobody",
          "groups?name=nothing",
          "projects?name=nothing",
          "domains?name=nothing",
          "roles?name=nothing",
          "services?type=nothing",
          "endpoints?service_id=nothing",
          "regions?parent_region_id=nothing",
          "role_assignments?user.id=nobody",
        ]) {
          const [path, query] = list.split("?");
          await ask(`GET /v3/${path}`, who, { token, query: `?${query}` });
        }
        for (const singular of ["user", "group", "project", "domain", "role", "service"]) {
          if (who === "an administrator of the system") continue;
          await ask(`POST /v3/${singular}s`, who, { token, body: { [singular]: { name: "x" } } });
        }
      }
    },
  },
];
