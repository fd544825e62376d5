/** Logging in by password at a real Keystone: every scope, and what the token says. */
import { assert } from "chai";
import { password, type Scope, type Token } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides } from "../fixtures/failures.ts";
import { demoOn, passwordOf, project, sessionOf, type Who } from "../fixtures/sessions.ts";

const home = { id: "default", name: "Default" };

/** The names in a scope, as in "project web of Default". */
function described({ scope }: Token): string {
  if (scope === "unscoped") return scope;
  const [[kind = "", { name, domain } = { name: "all" }] = []] = Object.entries(scope);
  return `${kind} ${name ?? "all"}${domain ? ` of ${domain.name}` : ""}`;
}

/** Who asks for what, and what they get; for `undefined` the server decides. */
const scopes: readonly [Who, Scope | undefined, string][] = [
  ["demo", project("web"), "project web of Default"],
  ["demo", project("data"), "project data of Default"],
  ["demo", { project: { name: "web", domain: { id: "default" } } }, "project web of Default"],
  ["demo", { domain: { name: "research" } }, "domain research"],
  ["demo", "unscoped", "unscoped"],
  ["demo", undefined, "unscoped"],
  ["researchDemo", project("genome", "research"), "project genome of research"],
  ["dora", undefined, "project web of Default"],
  ["dora", "unscoped", "unscoped"],
  ["loner", undefined, "unscoped"],
  ["admin", { system: "all" }, "system all"],
];

const cases: readonly Case[] = [
  ...scopes.map(([who, scope, expected]) => ({
    name: `${who}, asking for ${scope ? JSON.stringify(scope) : "nothing"}, gets ${expected}`,
    async run(env: Env) {
      const session = sessionOf(env, who, { scope });
      assert.deepEqual(session.state, { status: "unauthenticated" });
      const token = await session.authenticate();
      const { state } = session;
      assert.equal(described(token), expected);
      assert.equal(state.status, expected === "unscoped" ? "unscoped" : "scoped");
      assert.strictEqual("token" in state && state.token, token);
      assert.strictEqual(session.state, state);
      assert.isFrozen(state);
      assert.equal(token.user.name, env.accounts[who].name);
      assert.equal(token.roles.length > 0, expected !== "unscoped");
      assert.equal(token.catalog.length, expected === "unscoped" ? 0 : 8);
    },
  })),
  {
    name: "a user, a project and a domain are found by their ids as well",
    async run(env) {
      const { user, scope } = await demoOn(env).authenticate();
      const { password: secret } = env.accounts.demo;
      const auth = password({ id: user.id, password: secret });
      assert.deepEqual(user, { id: user.id, name: "demo", domain: home });
      const { project: web } = scope as { project: { id: string } };
      const inProject = await sessionOf(env, "demo", {
        auth,
        scope: { project: { id: web.id } },
      }).token();
      assert.deepEqual(inProject.scope, { project: { id: web.id, name: "web", domain: home } });
      const byName = await demoOn(env, { domain: { name: "research" } }).token();
      const { domain } = byName.scope as { domain: { id: string } };
      const byId = await sessionOf(env, "demo", {
        auth,
        scope: { domain: { id: domain.id } },
      }).token();
      assert.deepEqual(byId.scope, { domain: { id: domain.id, name: "research" } });
    },
  },
  {
    name: "two users with the same name are told apart by their domains",
    async run(env) {
      const [one, other] = await Promise.all([
        sessionOf(env, "demo").token(),
        sessionOf(env, "researchDemo").token(),
      ]);
      assert.deepEqual([one.user.name, other.user.name], ["demo", "demo"]);
      assert.deepEqual([one.user.domain.name, other.user.domain.name], ["Default", "research"]);
      assert.notEqual(one.user.id, other.user.id);
    },
  },
  {
    name: "a token says what it is, until when, and what it may reach",
    async run(env) {
      const token = await demoOn(env).authenticate();
      assert.deepEqual(token.methods, ["password"]);
      assert.includeMembers(
        token.roles.map(({ name }) => name),
        ["member"],
      );
      for (const { id } of token.roles) assert.match(id, /^[\da-f]{32}$/);
      assert.instanceOf(token.issuedAt, Date);
      // Keystone reads its clock twice, each time to the second.
      assert.closeTo(Number(token.expiresAt) - Number(token.issuedAt), 3_600_000, 1000);
      // The clocks are those of one machine.
      assert.closeTo(Number(token.issuedAt), Date.now(), 10_000);
      assert.equal(token.auditIds.length, 1);
      assert.deepNestedInclude(token.extra, { is_domain: false, "user.password_expires_at": null });
      for (const { endpoints } of token.catalog) {
        assert.equal(endpoints.length, 6);
        for (const { region } of endpoints) assert.match(region ?? "", /^Region(One|Two)$/);
      }
    },
  },
  {
    name: "no log, JSON or copy of what a session has shows the token or the password",
    async run(env) {
      const auth = passwordOf(env, "demo");
      const session = sessionOf(env, "demo", { auth, scope: project("web") });
      const token = await session.authenticate();
      const { id } = token;
      assert.isAbove(id.length, 100);
      assert.notInclude(Object.keys(token), "id");
      assert.notProperty({ ...token }, "id");
      for (const value of [
        token,
        session,
        session.state,
        auth,
        await session.endpoint("compute"),
      ]) {
        assertHides(value, id, env.accounts.demo.password);
      }
    },
  },
  {
    name: "credentials given to authenticate() are used once and not kept",
    async run(env) {
      const session = sessionOf(env, "demo", { auth: undefined });
      assert.equal((await session.authenticate(passwordOf(env, "dora"))).user.name, "dora");
      assert.equal((await session.token()).user.name, "dora");
      await session.revoke();
      assert.equal((await session.token().catch((error) => error)).name, "UnauthorizedError");
      const other = sessionOf(env, "demo");
      await other.authenticate(passwordOf(env, "dora"));
      await other.revoke();
      assert.equal((await other.token()).user.name, "demo");
    },
  },
];

export default cases;
