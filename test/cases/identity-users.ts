/** Users, by `keystone-fetch/identity`. */
import { assert } from "chai";
import {
  ConflictError,
  createSession,
  ForbiddenError,
  NotFoundError,
  OptionsError,
  password,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { users } from "../fixtures/identity.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

const unique = (name: string) => `${name}-${crypto.randomUUID()}`;

const cases: readonly Case[] = [
  {
    name: "a user is created, read, changed, found, listed and deleted",
    async run(env) {
      const admin = adminOf(env);
      const name = unique("robot");
      const made = await users.create(admin, { name, domain_id: "default", shelf: "left" });
      assert.deepInclude(made, { name, domain_id: "default", enabled: true, shelf: "left" });
      const { id } = made;
      try {
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
      } finally {
        await users.delete(admin, id);
      }
      await failure(users.get(admin, id), NotFoundError);
      await failure(users.find(admin, name), NotFoundError);
      await failure(users.delete(admin, id), NotFoundError);
    },
  },
  {
    name: "a list can be walked, one at a time, and is not asked for before",
    async run(env) {
      const list = users.list(adminOf(env), { domain_id: "default" });
      const seen: string[] = [];
      for await (const { name } of list) seen.push(name);
      assert.includeMembers(seen, ["admin", "demo", "dora"]);
    },
  },
  {
    name: "who may not see users is told which rule says so",
    async run(env) {
      const { message } = await failure(users.list(demoOn(env)), ForbiddenError);
      assert.include(message, "identity:list_users");
    },
  },
  {
    name: "an id that would lead elsewhere is refused before any request",
    async run(env) {
      const admin = adminOf(env);
      for (const id of ["", "..", undefined as unknown as string]) {
        const error = await failure(async () => users.get(admin, id), OptionsError);
        assert.include(error.message, "users/{id}");
      }
      await failure(users.get(admin, "../projects"), NotFoundError);
    },
  },
  {
    name: "a password is changed with the old one alone, without any token",
    async run(env) {
      const admin = adminOf(env);
      const name = unique("forgetful");
      const [old, fresh] = [unique("old"), unique("new")];
      const { id } = await users.create(admin, { name, domain_id: "default", password: old });
      try {
        const session = createSession({ authUrl: `${env.keystone}/v3` });
        const change = { original_password: old, password: fresh };
        await users.changePassword(session, id, change);
        const error = await failure(users.changePassword(session, id, change), UnauthorizedError);
        assertHides(error, old, fresh);
        await failure(session.authenticate(password({ id, password: old })), UnauthorizedError);
        assert.equal((await session.authenticate(password({ id, password: fresh }))).user.id, id);
      } finally {
        await users.delete(admin, id);
      }
    },
  },
];

export default cases;
