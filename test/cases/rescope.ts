/** One user with several scopes, each in its own session. */
import { assert } from "chai";
import { revokeToken } from "keystone-fetch";
import type { Case } from "../case.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  names,
  project,
  sessionOf,
  withoutAuth,
} from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "password, unscoped, projects(), a project, a domain: the way of a dashboard",
    lane: "alone",
    async run(env) {
      const session = await withoutAuth(env, "unscoped");
      assert.equal(session.state.status, "unscoped");
      const projects = await session.projects();
      assert.deepEqual(names(projects), ["data", "web"]);
      assert.deepEqual(names(await session.domains()), ["research"]);
      const { state } = session;
      const [first] = projects;
      const inProject = session.rescope({ project: { id: first?.id ?? "" } });
      assert.deepEqual(inProject.state, { status: "unauthenticated" });
      const sent = await during(env, () => inProject.token());
      assert.deepEqual(sent, [login]);
      assert.equal(inProject.state.status, "scoped");
      const inDomain = inProject.rescope({ domain: { name: "research" } });
      assert.nestedPropertyVal((await inDomain.token()).scope, "domain.name", "research");
      const back = inDomain.rescope("unscoped");
      assert.equal((await back.authenticate()).scope, "unscoped");
      assert.strictEqual(session.state, state);
    },
  },
  {
    name: "projects() leaves out what is disabled, and keeps what it does not know",
    async run(env) {
      const projects = await sessionOf(env, "researchDemo", { scope: "unscoped" }).projects();
      assert.deepEqual(names(projects), ["genome"]);
      assert.include(projects[0], {
        description: "Genome sequencing",
        enabled: true,
        is_domain: false,
      });
      assert.isEmpty(await sessionOf(env, "loner").projects());
      assert.isEmpty(await sessionOf(env, "loner").domains());
    },
  },
  {
    name: "a token's own scope can be passed on as it is",
    async run(env) {
      const session = sessionOf(env, "demo", { scope: "unscoped" });
      await session.token();
      for (const scope of [project("web"), { domain: { name: "research" } }, "unscoped"] as const) {
        const token = await session.rescope(scope).token();
        assert.deepEqual((await session.rescope(token.scope).token()).scope, token.scope);
      }
      const admin = await adminOf(env).rescope({ system: "all" }).token();
      assert.deepEqual(admin.scope, { system: "all" });
    },
  },
  {
    name: "unscoped is unscoped, even for a user with a default project",
    async run(env) {
      const session = sessionOf(env, "dora");
      assert.nestedPropertyVal((await session.token()).scope, "project.name", "web");
      const child = session.rescope("unscoped");
      assert.equal((await child.token()).scope, "unscoped");
      assert.equal(child.state.status, "unscoped");
    },
  },
  {
    name: "rescoping costs one request while the parent lives, and ends when the parent does",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const { id, expiresAt } = await session.token();
      const child = session.rescope(project("data"));
      const sent = await during(env, () => child.token());
      assert.deepEqual(sent, [login]);
      const token = await child.token();
      assert.deepEqual([token.expiresAt, token.methods.includes("token")], [expiresAt, true]);
      assert.notEqual(token.id, id);
    },
  },
  {
    name: "without a live parent the credentials are used, and the parent stays as it is",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const sent = await during(env, async () => {
        assert.nestedPropertyVal(
          (await session.rescope(project("data")).token()).scope,
          "project.name",
          "data",
        );
      });
      assert.deepEqual(sent, [login]);
      assert.deepEqual(session.state, { status: "unauthenticated" });
      const { id } = await session.token();
      await revokeToken(adminOf(env), id);
      const { state } = session;
      // The parent does not know that its token is dead.
      const child = session.rescope({ domain: { name: "research" } });
      assert.deepEqual((await child.token()).methods, ["password"]);
      assert.strictEqual(session.state, state);
    },
  },
];

export default cases;
