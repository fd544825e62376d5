/** Users, by `keystone-fetch/identity`. */
import { assert } from "chai";
import {
  ConflictError,
  createSession,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  OptionsError,
  password,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { applicationCredentials, credentials, groups, users } from "../fixtures/identity.ts";
import { undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "a user is created, read, changed, found, listed and deleted",
    async run(env) {
      const admin = adminOf(env);
      const name = unique("robot");
      const made = await users.create(admin, { name, domain_id: "default", shelf: "left" });
      assert.deepInclude(made, { name, domain_id: "default", enabled: true, shelf: "left" });
      const { id } = made;
      await undoing(async (undo) => {
        undo(() => users.delete(admin, id));
        assert.deepEqual(await users.get(admin, id), made);
        const changed = await users.update(admin, id, { enabled: false, email: "r@example.org" });
        assert.deepInclude(changed, { enabled: false, email: "r@example.org", shelf: "left" });
        assert.equal((await users.find(admin, name)).id, id);
        assert.equal((await users.find(admin, name, { domain: "default" })).id, id);
        assert.equal((await users.find(admin, id)).id, id);
        assert.deepEqual(names(await users.list(admin, { name })), [name]);
        const same = await users.list(admin, { name__startswith: name, enabled: false });
        assert.deepEqual(names(same), [name]);
        assert.isFalse(same.truncated);
        assert.isEmpty(await users.list(admin, { name, enabled: true }));
        const error = await failure(
          users.create(admin, { name, domain_id: "default" }),
          ConflictError,
        );
        assert.include(error.message, "Duplicate");
        await users.delete(admin, id);
      });
      await failure(users.get(admin, id), NotFoundError);
      await failure(users.find(admin, name), NotFoundError);
      await failure(users.delete(admin, id), NotFoundError);
    },
  },
  {
    name: "a list can be iterated over, and is not requested before",
    async run(env) {
      const list = users.list(adminOf(env), { domain_id: "default" });
      const seen: string[] = [];
      for await (const { name } of list) seen.push(name);
      assert.includeMembers(seen, ["admin", "demo", "dora"]);
    },
  },
  {
    name: "a user who may not see users is told which rule forbids it",
    async run(env) {
      const { message } = await failure(users.list(demoOn(env)), ForbiddenError);
      assert.include(message, "identity:list_users");
    },
  },
  {
    name: "a wrong attribute is reported in the server's words",
    async run(env) {
      const wrong = { name: unique("robot"), domain_id: "default", enabled: "maybe" as never };
      const error = await failure(users.create(adminOf(env), wrong), KeystoneError);
      assert.equal(error.status, 400);
      assert.include(error.message, "enabled");
    },
  },
  {
    name: "users see their own projects and groups, and not those of others",
    async run(env) {
      const admin = adminOf(env);
      const demo = demoOn(env);
      const { user } = await demo.token();
      assert.deepEqual(names(await users.projects(demo, user.id)), ["data", "web"]);
      const query = { enabled: true, name__startswith: "w", domain_id: "default" };
      const [web, ...none] = await users.projects(demo, user.id, query);
      assert.deepInclude(web, { name: "web", domain_id: "default", enabled: true });
      assert.isEmpty(none);
      const { id } = await users.find(admin, "dora", { domain: "default" });
      const { message } = await failure(users.projects(demo, id), ForbiddenError);
      assert.include(message, "identity:list_user_projects");
      await failure(users.groups(demo, id), ForbiddenError);
      await undoing(async (undo) => {
        const name = unique("team");
        const team = await groups.create(admin, { name, domain_id: "default" });
        undo(() => groups.delete(admin, team.id));
        await groups.addUser(admin, team.id, user.id);
        const [found] = await users.groups(demo, user.id, { name });
        assert.deepInclude(found, { id: team.id, name, membership_expires_at: null });
      });
    },
  },
  {
    name: "an id that would lead elsewhere is refused before any request",
    async run(env) {
      const admin = adminOf(env);
      const slashed = ["a/b", "../projects"];
      for (const id of ["", "..", ...slashed, "\ud800", undefined as unknown as string]) {
        // As a promise that is rejected: nothing is thrown at once.
        const error = await failure(users.get(admin, id), OptionsError);
        assert.include(error.message, "users/{id}");
        const first = await failure(() => users.projects(admin, id), OptionsError);
        assert.include(first.message, "users/{id}");
      }
    },
  },
  {
    // The server would repeat it in its message.
    name: "a secret that is not text is refused before any request, and is not in the error",
    async run(env) {
      const admin = adminOf(env);
      const { user } = await admin.token();
      const digits = 8_213_764_509;
      for (const secret of [digits, [digits], { shelf: digits }] as unknown as string[]) {
        const change = { original_password: secret, password: secret };
        const type = { type: "ec2", user_id: user.id };
        const calls = {
          "user.password": () => users.create(admin, { name: unique("digits"), password: secret }),
          "user.original_password": () => users.changePassword(admin, user.id, change),
          "credential.blob": () => credentials.create(admin, { ...type, blob: secret }),
          "application_credential.secret": () =>
            applicationCredentials.create(admin, user.id, {
              name: unique("digits"),
              secret,
            }),
        };
        for (const [option, call] of Object.entries(calls)) {
          const error = await failure(call, OptionsError);
          assert.include(error.message, `${option}: expected a`);
          assertHides(error, `${digits}`);
        }
      }
    },
  },
  {
    name: "a password is changed with just the old one, without any token",
    async run(env) {
      const admin = adminOf(env);
      const name = unique("forgetful");
      const [old, fresh] = [unique("old"), unique("new")];
      const { id } = await users.create(admin, { name, domain_id: "default", password: old });
      await undoing(async (undo) => {
        undo(() => users.delete(admin, id));
        const session = createSession({ authUrl: `${env.keystone}/v3` });
        const change = { original_password: old, password: fresh };
        await users.changePassword(session, id, change);
        const error = await failure(users.changePassword(session, id, change), UnauthorizedError);
        assertHides(error, old, fresh);
        await failure(session.authenticate(password({ id, password: old })), UnauthorizedError);
        assert.equal((await session.authenticate(password({ id, password: fresh }))).user.id, id);
      });
    },
  },
];

export default cases;
