/** Users, their passwords, groups and application credentials. */
import { adminToken, byPassword, demo, login, make, on, tokenOf } from "./logins.ts";
import type { Story } from "./visit.ts";

/** Keystone ends what was issued up to a second: what comes after has to be of the next. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

export const userStories: readonly Story[] = [
  {
    name: "users",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const name = unique("user");
      const user = { name, domain_id: "default", password: "secret", email: "x@example.com" };
      const user_id = await make(visit, "users", token, user);
      const params = { user_id };
      const one = "/v3/users/{user_id}";
      await ask(`GET ${one}`, "it", { token, params });
      await ask(`HEAD ${one}`, "it, without a body", { token, params });
      await ask("GET /v3/users", "by name", { token, query: `?name=${name}` });
      await ask("GET /v3/users", "by a part", { token, query: `?name__contains=${name.slice(3)}` });
      await ask("GET /v3/users", "by a part, in capitals", {
        token,
        query: `?name__icontains=${name.slice(3).toUpperCase()}`,
      });
      await ask("GET /v3/users", "disabled ones of that name", {
        token,
        query: `?name=${name}&enabled=0`,
      });
      await ask("GET /v3/users", "of an unknown name", { token, query: "?name=nobody-at-all" });
      await ask(`PATCH ${one}`, "another description", {
        token,
        params,
        body: { user: { description: "x" } },
      });
      await ask(`PATCH ${one}`, "another id", { token, params, body: { user: { id: "other" } } });
      await ask(`PATCH ${one}`, "no boolean", { token, params, body: { user: { enabled: "x" } } });
      await ask("POST /v3/users", "the same name again", { token, body: { user } });
      await ask("POST /v3/users", "no name", { token, body: { user: {} } });
      await ask("POST /v3/users", "a number for a name", { token, body: { user: { name: 1 } } });
      await ask("POST /v3/users", "an unknown domain", {
        token,
        body: { user: { name: unique("nowhere"), domain_id: "nowhere" } },
      });
      await ask("POST /v3/users", "no token", { body: { user } });
      await ask(`PATCH ${one}`, "disabled", { token, params, body: { user: { enabled: false } } });
      await ask(login, "of a disabled user", {
        body: byPassword({ id: user_id, password: "secret" }),
      });
      await ask(`DELETE ${one}`, "it", { token, params });
      await ask(`GET ${one}`, "one that is gone", { token, params });
      await ask(`PATCH ${one}`, "one that is gone", { token, params, body: { user: {} } });
      await ask(`DELETE ${one}`, "one that is gone", { token, params });
      await ask("PUT /v3/users", "another method than there is", { body: {} });
    },
  },
  {
    name: "passwords",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const user = { name: unique("changes"), domain_id: "default", password: "first" };
      const user_id = await make(visit, "users", token, user);
      const params = { user_id };
      const change = "POST /v3/users/{user_id}/password";
      const own = await tokenOf(visit, byPassword({ id: user_id, password: "first" }));
      await ask(change, "by a wrong one", {
        params,
        body: { user: { original_password: "wrong", password: "second" } },
      });
      await ask(change, "without the old one", { params, body: { user: { password: "second" } } });
      await ask(change, "of a user that there isn't", {
        params: { user_id: "nobody" },
        body: { user: { original_password: "x", password: "y" } },
      });
      await ask(change, "by the right one, without a token", {
        params,
        body: { user: { original_password: "first", password: "second" } },
      });
      await ask("GET /v3/auth/projects", "with a token from before", { token: own });
      await nextSecond();
      await ask(login, "by the old one", { body: byPassword({ id: user_id, password: "first" }) });
      const newer = await tokenOf(visit, byPassword({ id: user_id, password: "second" }));
      await ask("PATCH /v3/users/{user_id}", "by an administrator", {
        token,
        params,
        body: { user: { password: "third" } },
      });
      await ask("GET /v3/auth/tokens", "one from before", { token, subject: newer });
      await nextSecond();
      const last = await tokenOf(visit, byPassword({ id: user_id, password: "third" }));
      await ask("PATCH /v3/users/{user_id}", "disabled", {
        token,
        params,
        body: { user: { enabled: false } },
      });
      await ask("GET /v3/auth/tokens", "of a disabled user", { token, subject: last });
      await ask("PATCH /v3/users/{user_id}", "enabled", {
        token,
        params,
        body: { user: { enabled: true } },
      });
      await ask("GET /v3/auth/tokens", "from before it was disabled", { token, subject: last });
    },
  },
  {
    name: "groups and their members",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const name = unique("group");
      const group = { name, domain_id: "default" };
      const group_id = await make(visit, "groups", token, group);
      const user_id = await make(visit, "users", token, { name: unique("member") });
      const params = { group_id, user_id };
      const one = "/v3/groups/{group_id}";
      const member = `${one}/users/{user_id}`;
      await ask(`GET ${one}`, "it", { token, params });
      await ask("GET /v3/groups", "by name", { token, query: `?name=${name}` });
      await ask(`PATCH ${one}`, "another description", {
        token,
        params,
        body: { group: { description: "x" } },
      });
      await ask("POST /v3/groups", "the same name again", { token, body: { group } });
      await ask(`GET ${member}`, "not yet a member", { token, params });
      await ask(`DELETE ${member}`, "not yet a member", { token, params });
      await ask(`PUT ${member}`, "a member", { token, params });
      await ask(`PUT ${member}`, "once more", { token, params });
      await ask(`GET ${member}`, "a member", { token, params });
      await ask(`HEAD ${member}`, "a member", { token, params });
      await ask(`GET ${one}/users`, "the members", { token, params });
      await ask(`GET ${one}/users`, "members of a name", { token, params, query: "?name=nobody" });
      await ask("GET /v3/users/{user_id}/groups", "a user's", { token, params });
      await ask("GET /v3/users/{user_id}/projects", "a user's, none", { token, params });
      for (const [what, wrong] of [
        ["an unknown user", { group_id, user_id: "nobody" }],
        ["an unknown group", { group_id: "nothing", user_id }],
      ] as const) {
        await ask(`PUT ${member}`, what, { token, params: wrong });
        await ask(`GET ${member}`, what, { token, params: wrong });
      }
      await ask("GET /v3/groups/{group_id}/users", "of an unknown group", {
        token,
        params: { group_id: "nothing" },
      });
      await ask("GET /v3/users/{user_id}/groups", "of an unknown user", {
        token,
        params: { user_id: "nobody" },
      });
      await ask(`DELETE ${member}`, "a member", { token, params });
      await ask(`GET ${member}`, "no longer a member", { token, params });
      await ask(`DELETE ${one}`, "it", { token, params });
      await ask(`GET ${one}`, "one that is gone", { token, params });
    },
  },
  {
    name: "application credentials",
    async tell(visit) {
      const { ask, unique } = visit;
      const { json } = await ask(login, "a login", { body: byPassword(demo, on("web")) });
      const user_id: string = json.token.user.id;
      const token = await tokenOf(visit, byPassword(demo, on("web")));
      const params = { user_id };
      const all = "/v3/users/{user_id}/application_credentials";
      const one = `${all}/{application_credential_id}`;
      const name = unique("credential");
      const body = { application_credential: { name, description: "x" } };
      const { json: made } = await ask(`POST ${all}`, "one", { token, params, body });
      const { id, secret } = made.application_credential;
      const named = { user_id, application_credential_id: id };
      visit.undo(() =>
        visit.server.fetch(
          `${visit.server.root}/v3/users/${user_id}/application_credentials/${id}`,
          {
            method: "DELETE",
            headers: { "X-Auth-Token": token },
          },
        ),
      );
      await ask(`POST ${all}`, "the same name again", { token, params, body });
      await ask(`GET ${one}`, "it", { token, params: named });
      await ask(`GET ${all}`, "by name", { token, params, query: `?name=${name}` });
      await ask(`GET ${all}`, "of another name", { token, params, query: "?name=nothing" });
      await ask(`PATCH ${one}`, "which there isn't", { token, params: named, body: {} });
      const root = await adminToken(visit);
      await ask(`POST ${all}`, "for another user", { token: root, params, body });
      await ask(`GET ${all}`, "of another user", { token: root, params, query: `?name=${name}` });
      await ask(`POST ${all}`, "already over", {
        token,
        params,
        body: {
          application_credential: { name: unique("over"), expires_at: "2020-01-01T00:00:00Z" },
        },
      });
      await ask(`POST ${all}`, "a role that the token has not", {
        token,
        params,
        body: { application_credential: { name: unique("more"), roles: [{ name: "admin" }] } },
      });
      const by = (credential: object, scope?: unknown) => ({
        auth: {
          identity: { methods: ["application_credential"], application_credential: credential },
          ...(scope !== undefined && { scope }),
        },
      });
      const { headers } = await ask(login, "by id", { body: by({ id, secret }) });
      await ask(login, "by name", { body: by({ name, secret, user: { id: user_id } }) });
      await ask(login, "a wrong secret", { body: by({ id, secret: "wrong" }) });
      await ask(login, "no secret", { body: by({ id }) });
      await ask(login, "an unknown id", { body: by({ id: "nothing", secret }) });
      await ask(login, "an unknown name", {
        body: by({ name: "nothing", secret, user: { id: user_id } }),
      });
      await ask(login, "with a scope", { body: by({ id, secret }, on("web")) });
      const restricted = headers.get("X-Subject-Token") ?? "";
      await ask(`POST ${all}`, "by a restricted one", {
        token: restricted,
        params,
        body: { application_credential: { name: unique("second") } },
      });
      await ask(login, "its token by the token method", {
        body: { auth: { identity: { methods: ["token"], token: { id: restricted } } } },
      });
      await ask("GET /v3/auth/tokens", "its token", { token: restricted, subject: restricted });
      await ask(`DELETE ${one}`, "it", { token, params: named });
      await ask("GET /v3/auth/tokens", "of a credential that is gone", {
        token,
        subject: restricted,
      });
      await ask(`GET ${one}`, "one that is gone", { token, params: named });
      await ask(`DELETE ${one}`, "one that is gone", { token, params: named });
    },
  },
];
