/** Discovery, logins, tokens and what is below /v3/auth. */
import {
  admin,
  adminScope,
  adminToken,
  byPassword,
  byToken,
  demo,
  domain,
  login,
  make,
  on,
  tokenOf,
} from "./logins.ts";
import type { Story } from "./visit.ts";

const tokens = "/v3/auth/tokens";

export const authStories: readonly Story[] = [
  {
    name: "discovery",
    async tell({ ask }) {
      await ask("GET /", "the versions");
      await ask("GET /v3", "the version");
      await ask("HEAD /v3", "the version, without a body");
      await ask("GET /v3", "with a token that is none", { token: "nobodys-token" });
    },
  },
  {
    name: "logins that are good",
    async tell({ ask }) {
      const good: readonly [string, unknown][] = [
        ["no scope, and no default project", byPassword(demo)],
        ["unscoped", byPassword(demo, "unscoped")],
        ["unscoped as an object", byPassword(demo, { unscoped: {} })],
        ["a project by name", byPassword(demo, on("web"))],
        ["a domain by name", byPassword(demo, { domain: { name: "research" } })],
        ["the system", byPassword(admin, { system: { all: true } })],
        ["the system, by any value", byPassword(admin, { system: {} })],
        ["a default project", byPassword({ name: "dora", password: "dora-password", domain })],
        ["the domain by id", byPassword({ ...demo, domain: { id: "default" } }, "unscoped")],
      ];
      for (const [step, body] of good) await ask(login, step, { body });
      await ask(login, "without the catalog", {
        body: byPassword(demo, on("web")),
        query: "?nocatalog=0",
      });
      await ask(login, "with a token that is none beside it", {
        body: byPassword(demo, "unscoped"),
        token: "nobodys-token",
      });
    },
  },
  {
    name: "logins that are refused",
    async tell({ ask }) {
      const wrong = { ...demo, password: "wrong" };
      const refused: readonly [string, unknown][] = [
        ["a wrong password", byPassword(wrong)],
        ["an unknown user", byPassword({ ...demo, name: "nobody" })],
        ["an unknown id", byPassword({ id: "nobody", password: "x" })],
        ["an unknown domain", byPassword({ ...demo, domain: { name: "nowhere" } })],
        [
          "a disabled user",
          byPassword({ name: "disabled", password: "disabled-password", domain }),
        ],
        ["an unknown project", byPassword(demo, on("nothing"))],
        ["an unknown project id", byPassword(demo, { project: { id: "nothing" } })],
        ["a project without a role", byPassword(demo, on("admin"))],
        ["a domain without a role", byPassword(demo, { domain: { id: "default" } })],
        ["the system without a role", byPassword(demo, { system: { all: true } })],
        ["a scope that is none", byPassword(demo, "bogus")],
        ["an empty scope", byPassword(demo, {})],
        ["a scope that is null", byPassword(demo, null)],
        ["two scopes", byPassword(demo, { system: { all: true }, ...on("web") })],
        ["a project's name without a domain", byPassword(demo, { project: { name: "web" } })],
        ["a user's name without a domain", byPassword({ name: "demo", password: "x" })],
        ["a method that is unknown", { auth: { identity: { methods: ["foo"], foo: {} } } }],
        ["a method without its part", { auth: { identity: { methods: ["password"] } } }],
        ["no method", { auth: { identity: { methods: [] } } }],
        ["no auth", {}],
        ["no identity", { auth: {} }],
        ["no JSON", "{"],
        ["a list", "[]"],
        ["an unknown trust", byPassword(demo, { "OS-TRUST:trust": { id: "nothing" } })],
        ["a token that is none", byToken("nobodys-token")],
        ["an empty token", byToken("")],
      ];
      for (const [step, body] of refused) await ask(login, step, { body });
      await ask(login, "JSON by another name", {
        body: byPassword(demo),
        headers: { "Content-Type": "text/plain" },
      });
      await ask(`PUT ${tokens}`, "another method than there is", { body: {} });
    },
  },
  {
    name: "rescoping",
    async tell(visit) {
      const { ask } = visit;
      const web = await tokenOf(visit, byPassword(demo, on("web")));
      await ask(login, "to another project", { body: byToken(web, on("data")) });
      await ask(login, "to a domain", { body: byToken(web, { domain: { name: "research" } }) });
      await ask(login, "to nothing", { body: byToken(web, "unscoped") });
      await ask(login, "to what there is no role on", { body: byToken(web, adminScope) });
      const system = await tokenOf(visit, byPassword(admin, { system: { all: true } }));
      await ask(login, "from the system to a project", { body: byToken(system, adminScope) });
      await ask(login, "from the system to nothing", { body: byToken(system, "unscoped") });
    },
  },
  {
    name: "tokens are read and revoked",
    alone: true,
    async tell(visit) {
      const { ask } = visit;
      const root = await adminToken(visit);
      const token = await tokenOf(visit, byPassword(demo, on("web")));
      const other = await tokenOf(visit, byPassword(demo, "unscoped"));
      await ask(`GET ${tokens}`, "one's own", { token, subject: token });
      await ask(`HEAD ${tokens}`, "one's own, without a body", { token, subject: token });
      await ask(`GET ${tokens}`, "another of one's own", { token, subject: other });
      await ask(`GET ${tokens}`, "without the catalog", {
        token,
        subject: token,
        query: "?nocatalog",
      });
      await ask(`GET ${tokens}`, "by an administrator", { token: root, subject: token });
      await ask(`GET ${tokens}`, "an administrator's by somebody", { token, subject: root });
      await ask(`GET ${tokens}`, "one that is none", { token: root, subject: "nobodys-token" });
      await ask(`GET ${tokens}`, "no subject", { token: root });
      await ask(`GET ${tokens}`, "no subject, by somebody", { token });
      await ask(`DELETE ${tokens}`, "no subject, by an administrator", { token: root });
      await ask(`GET ${tokens}`, "no token", { subject: token });
      await ask(`GET ${tokens}`, "allowing expired ones", {
        token: root,
        subject: token,
        query: "?allow_expired=1",
      });
      await ask(`DELETE ${tokens}`, "an administrator's by somebody", { token, subject: root });
      await ask(`DELETE ${tokens}`, "no subject", { token });
      await ask(`DELETE ${tokens}`, "another of one's own", { token, subject: other });
      await ask(`DELETE ${tokens}`, "once more", { token, subject: other });
      await ask(`GET ${tokens}`, "a revoked one", { token: root, subject: other });
      await ask(login, "by a revoked token", { body: byToken(other, on("web")) });
      await ask("GET /v3/auth/projects", "with a revoked token", { token: other });
      await ask("GET /v3/auth/projects", "with the one that is left", { token });
    },
  },
  {
    name: "what a token may be scoped to",
    alone: true,
    async tell(visit) {
      const { ask } = visit;
      const unscoped = await tokenOf(visit, byPassword(demo, "unscoped"));
      const web = await tokenOf(visit, byPassword(demo, on("web")));
      const inDomain = await tokenOf(visit, byPassword(demo, { domain: { name: "research" } }));
      const root = await adminToken(visit);
      for (const list of ["projects", "domains", "system", "catalog"]) {
        const route = `GET /v3/auth/${list}`;
        await ask(route, "unscoped", { token: unscoped });
        await ask(route, "on a project", { token: web });
        await ask(route, "on a domain", { token: inDomain });
        await ask(route, "an administrator", { token: root });
        await ask(route, "no token");
        await ask(`POST /v3/auth/${list}`, "another method than there is", { body: {} });
      }
    },
  },
  {
    name: "several factors",
    async tell(visit) {
      const { ask, unique } = visit;
      const token = await adminToken(visit);
      const name = unique("factors");
      const id = await make(visit, "users", token, {
        name,
        password: "secret",
        domain_id: "default",
        options: {
          multi_factor_auth_enabled: true,
          multi_factor_auth_rules: [["password", "totp"]],
        },
      });
      const { headers } = await ask(login, "the password alone", {
        body: byPassword({ id, password: "secret" }),
      });
      const receipt = headers.get("Openstack-Auth-Receipt") ?? "";
      const totp = {
        auth: { identity: { methods: ["totp"], totp: { user: { id, passcode: "000000" } } } },
      };
      await ask(login, "a wrong passcode", {
        body: totp,
        headers: { "Openstack-Auth-Receipt": receipt },
      });
      await ask(login, "a receipt that is none", {
        body: byPassword({ id, password: "secret" }),
        headers: { "Openstack-Auth-Receipt": "nobodys-receipt" },
      });
      await ask(login, "a wrong password", { body: byPassword({ id, password: "wrong" }) });
      await ask("PATCH /v3/users/{user_id}", "rules switched off", {
        token,
        params: { user_id: id },
        body: { user: { options: { multi_factor_auth_enabled: false } } },
      });
      await ask(login, "the password alone is enough", {
        body: byPassword({ id, password: "secret" }),
      });
    },
  },
];
