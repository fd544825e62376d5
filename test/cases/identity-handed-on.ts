/** What one call returns another one accepts; and what administrators do again and again. */
import { assert } from "chai";
import { applicationCredential, createSession, NotFoundError, OptionsError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { applicationCredentials, groups, projects, roles, users } from "../fixtures/identity.ts";
import { scratchProject, scratchUser, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

/** A different one in each case: two that create the same at once are a conflict. */
const newRule = () => ({ service: "compute", method: "GET", path: `/v2.1/${unique("servers")}` });

const cases: readonly Case[] = [
  {
    name: "a user, a project and a group are changed with what was read of them",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const user = await users.get(admin, await scratchUser(admin, undo, unique("secret")));
        const changed = await users.update(admin, user.id, { ...user, description: "changed" });
        // Keystone repeats what it changed under "extra".
        assert.deepInclude(changed, { ...user, description: "changed" });
        const project = await projects.get(admin, await scratchProject(admin, undo));
        const tagged = await projects.update(admin, project.id, { ...project, tags: ["a"] });
        assert.deepInclude(tagged, { ...project, tags: ["a"] });
        const team = await groups.create(admin, { name: unique("team"), domain_id: "default" });
        undo(() => groups.delete(admin, team.id));
        const named = await groups.update(admin, team.id, { ...team, description: "who builds" });
        assert.deepInclude(named, { ...team, description: "who builds" });
      }),
  },
  {
    name: "times say that they are UTC, and go back as they came",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user } = (await demo.token()).user;
        const expires_at = new Date(Date.now() + 3_600_000);
        const name = unique("timed");
        const made = await applicationCredentials.create(demo, user, { name, expires_at });
        undo(() => applicationCredentials.delete(demo, user, made.id));
        const ends = String(made.expires_at);
        assert.approximately(Date.parse(ends), expires_at.getTime(), 1000);
        const again = { name: unique("timed"), expires_at: made.expires_at };
        const second = await applicationCredentials.create(demo, user, again);
        undo(() => applicationCredentials.delete(demo, user, second.id));
        assert.equal(second.expires_at, made.expires_at);
      }),
  },
  {
    name: "an application credential is created with the roles and the rules of another one",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user } = (await demo.token()).user;
        const first = {
          name: unique("old"),
          roles: [{ name: "reader" }],
          access_rules: [newRule()],
        };
        const old = await applicationCredentials.create(demo, user, first);
        undo(() => applicationCredentials.delete(demo, user, old.id));
        const { roles, access_rules } = old;
        const copy = { name: unique("new"), roles, access_rules };
        const made = await applicationCredentials.create(demo, user, copy);
        undo(() => applicationCredentials.delete(demo, user, made.id));
        assert.deepEqual(names(made.roles ?? []), ["reader"]);
        assert.deepEqual(made.access_rules, access_rules);
      }),
  },
  {
    name: "an application credential is rotated: the new one is as good as the old, which stays",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user } = (await demo.token()).user;
        const wanted = {
          name: unique("backup"),
          description: "nightly",
          roles: [{ name: "reader" }],
          access_rules: [newRule()],
        };
        const { secret: _, ...old } = await applicationCredentials.create(demo, user, wanted);
        undo(() => applicationCredentials.delete(demo, user, old.id, { missing: "ok" }));
        const second = await applicationCredentials.rotate(demo, old);
        undo(() => applicationCredentials.delete(demo, user, second.id));
        assert.equal(second.name, `${old.name} 2`);
        assert.equal(second.description, "nightly");
        assert.deepEqual(second.roles, old.roles);
        assert.deepEqual(second.access_rules, old.access_rules);
        assert.isNull(second.expires_at);
        const { id, secret } = second;
        const authUrl = `${env.keystone}/v3`;
        const session = createSession({ authUrl, auth: applicationCredential({ id, secret }) });
        assert.equal((await session.token()).user.id, user);
        const third = await applicationCredentials.rotate(demo, second, { deleteOld: false });
        undo(() => applicationCredentials.delete(demo, user, third.id));
        assert.equal(third.name, `${old.name} 3`);
        assert.equal((await applicationCredentials.get(demo, user, old.id)).id, old.id);
        const name = unique("last");
        const last = await applicationCredentials.rotate(demo, old, { name, deleteOld: true });
        undo(() => applicationCredentials.delete(demo, user, last.id));
        assert.equal(last.name, name);
        await failure(applicationCredentials.get(demo, user, old.id), NotFoundError);
      }),
  },
  {
    name: "an application credential that expires is not followed by one that never does",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user } = (await demo.token()).user;
        const soon = new Date(Date.now() + 60_000);
        const later = new Date(Date.now() + 86_400_000);
        const wanted = { name: unique("short"), expires_at: soon };
        const old = await applicationCredentials.create(demo, user, wanted);
        undo(() => applicationCredentials.delete(demo, user, old.id));
        const { message } = await failure(applicationCredentials.rotate(demo, old), OptionsError);
        assert.include(message, "options.expires_at");
        const made = await applicationCredentials.rotate(demo, old, { expires_at: later });
        undo(() => applicationCredentials.delete(demo, user, made.id));
        assert.approximately(Date.parse(String(made.expires_at)), later.getTime(), 1000);
      }),
  },
  {
    name: "a user's tokens are all revoked, where Keystone is new enough for it",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const user = await scratchUser(admin, undo, unique("secret"));
        const project = await scratchProject(admin, undo);
        const role = { name: "reader" };
        await roles.assign(admin, { role, user, project });
        // 404: older than 2026.2.
        await users.revokeTokens(admin, user).catch((error) => assert.equal(error.status, 404));
        await roles.unassign(admin, { role, user, project });
      }),
  },
];

export default cases;
