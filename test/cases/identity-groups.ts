/** Groups and who is in them, by `keystone-fetch/identity`. */
import { assert } from "chai";
import { ConflictError, ForbiddenError, NotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { groups, users } from "../fixtures/identity.ts";
import { undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

const domain_id = "default";

const cases: readonly Case[] = [
  {
    name: "a group is created, read, changed, found, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const name = unique("developers");
        const made = await groups.create(admin, { name, domain_id, colour: "blue" });
        const { id } = made;
        undo(() => groups.delete(admin, id));
        assert.deepInclude(made, { name, domain_id, colour: "blue" });
        assert.deepEqual(await groups.get(admin, id), made);
        const changed = await groups.update(admin, id, { description: "who builds" });
        assert.deepInclude(changed, { name, description: "who builds", colour: "blue" });
        assert.equal((await groups.find(admin, name)).id, id);
        assert.equal((await groups.find(admin, name, { domain: domain_id })).id, id);
        assert.equal((await groups.find(admin, id)).id, id);
        assert.deepEqual(names(await groups.list(admin, { name__contains: name.slice(3) })), [
          name,
        ]);
        assert.deepEqual(names(await groups.list(admin, { name, domain_id })), [name]);
        const { message } = await failure(groups.create(admin, { name, domain_id }), ConflictError);
        assert.include(message, "Duplicate");
        await groups.delete(admin, id);
        await failure(groups.get(admin, id), NotFoundError);
        await failure(groups.find(admin, name), NotFoundError);
        await failure(groups.update(admin, id, { description: "" }), NotFoundError);
        await failure(groups.delete(admin, id), NotFoundError);
      }),
  },
  {
    name: "users are put into a group, listed and taken out",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const group = await groups.create(admin, { name: unique("team"), domain_id });
        undo(() => groups.delete(admin, group.id));
        const user = await users.create(admin, { name: unique("robot"), domain_id });
        undo(() => users.delete(admin, user.id));
        assert.isFalse(await groups.hasUser(admin, group.id, user.id));
        assert.isEmpty(await groups.users(admin, group.id));
        await groups.addUser(admin, group.id, user.id);
        await groups.addUser(admin, group.id, user.id);
        assert.isTrue(await groups.hasUser(admin, group.id, user.id));
        assert.deepEqual(names(await groups.users(admin, group.id)), [user.name]);
        assert.isEmpty(await groups.users(admin, group.id, { enabled: false }));
        assert.deepEqual(names(await users.groups(admin, user.id)), [group.name]);
        await groups.removeUser(admin, group.id, user.id);
        assert.isFalse(await groups.hasUser(admin, group.id, user.id));
        await failure(groups.removeUser(admin, group.id, user.id), NotFoundError);
        await failure(groups.addUser(admin, group.id, "nobody"), NotFoundError);
        await failure(groups.users(admin, "nothing"), NotFoundError);
      }),
  },
  {
    name: "a user who may not touch groups is told which rule forbids it",
    async run(env) {
      const demo = demoOn(env);
      const rules = {
        list_groups: () => groups.list(demo),
        create_group: () => groups.create(demo, { name: unique("mine") }),
        add_user_to_group: () => groups.addUser(demo, "a", "b"),
        check_user_in_group: () => groups.hasUser(demo, "a", "b"),
      };
      for (const [rule, refused] of Object.entries(rules)) {
        const { message } = await failure(refused, ForbiddenError);
        assert.include(message, `identity:${rule}`);
      }
    },
  },
];

export default cases;
