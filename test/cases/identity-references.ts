/**
 * Grants, searches and filters accept what scopes accept: an id, a record, or a name and its domain.
 */
import { assert } from "chai";
import { ConflictError, NotFoundError, OptionsError, type Session } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { domains, groups, projects, roleAssignments, roles, users } from "../fixtures/identity.ts";
import {
  ids,
  scratchDomain,
  scratchProject,
  scratchUser,
  type Undo,
  undoing,
  unique,
} from "../fixtures/scratch.ts";
import { adminOf, names } from "../fixtures/sessions.ts";

/** A user and a project, as records. */
async function cast(admin: Session, undo: Undo) {
  const user = await users.get(admin, await scratchUser(admin, undo, unique("secret")));
  const project = await projects.get(admin, await scratchProject(admin, undo));
  return { user, project };
}

const Default = { name: "Default" };

const cases: readonly Case[] = [
  {
    name: "a role is given, looked for and taken back by names and by records",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { user, project } = await cast(admin, undo);
        const role = await roles.find(admin, "reader");
        const byName = {
          role: { name: "reader" },
          user: { name: user.name, domain: Default },
          project: { name: project.name, domain: { id: "default" } },
        };
        const byRecord = { role, user, project };
        const byId = { role: role.id, user: user.id, project: project.id };
        for (const [give, take] of [
          [byName, byRecord],
          [byRecord, byId],
          [byId, byName],
        ] as const) {
          await roles.assign(admin, give);
          for (const grant of [byName, byRecord, byId]) {
            assert.isTrue(await roles.check(admin, grant));
            assert.deepEqual(names(await roles.granted(admin, grant)), ["reader"]);
            assert.lengthOf(await roleAssignments.list(admin, grant), 1);
          }
          await roles.unassign(admin, take);
          assert.isFalse(await roles.check(admin, byId));
        }
        const onDomain = { role, user, domain: Default, inherited: true };
        await roles.assign(admin, onDomain);
        assert.deepEqual(
          names(await roles.granted(admin, { user, domain: Default, inherited: true })),
          ["reader"],
        );
        await roles.unassign(admin, onDomain);
      }),
  },
  {
    name: "a name that nothing has is a NotFoundError, before anything is assigned",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { user, project } = await cast(admin, undo);
        const none = unique("none");
        const wrong = [
          { role: { name: none }, user, project },
          { role: { name: "reader" }, user: { name: none, domain: Default }, project },
          { role: { name: "reader" }, user: { name: user.name, domain: { name: none } }, project },
          { role: { name: "reader" }, user, domain: { name: none } },
        ];
        for (const grant of wrong) {
          const { message } = await failure(roles.assign(admin, grant), NotFoundError);
          assert.include(message, none);
        }
        assert.isEmpty(await roleAssignments.list(admin, { user }));
      }),
  },
  {
    name: "users, projects, groups and domains are found by what scopes take",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { user, project } = await cast(admin, undo);
        const other = await domains.get(admin, await scratchDomain(admin, undo));
        const twin = await users.create(admin, { name: user.name, domain_id: other.id });
        undo(() => users.delete(admin, twin.id));
        await failure(users.find(admin, user.name), ConflictError);
        for (const domain of ["default", { id: "default" }, Default]) {
          const found = await users.find(admin, user.name, { domain });
          assert.equal(found.id, user.id);
          assert.deepEqual(await users.find(admin, { name: user.name, domain }), found);
        }
        for (const domain of [other.id, other, { name: other.name }]) {
          assert.equal((await users.find(admin, { name: user.name, domain })).id, twin.id);
        }
        assert.deepEqual(await users.find(admin, user), user);
        assert.deepEqual(await projects.find(admin, { id: project.id }), project);
        assert.equal((await domains.find(admin, other)).id, other.id);
        assert.equal((await domains.find(admin, { name: other.name })).id, other.id);
        // What is given as an id is not searched as a name.
        await failure(users.find(admin, { id: user.name }), NotFoundError);
        const nowhere = { name: user.name, domain: {} as never };
        await failure(users.find(admin, nowhere), OptionsError);
      }),
  },
  {
    name: "lists are filtered by what scopes take",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const other = await domains.get(admin, await scratchDomain(admin, undo));
        const { id } = await users.create(admin, { name: unique("robot"), domain_id: other.id });
        undo(() => users.delete(admin, id));
        const team = await groups.create(admin, { name: unique("team"), domain_id: other.id });
        undo(() => groups.delete(admin, team.id));
        for (const domain_id of [other.id, other, { name: other.name }]) {
          assert.deepEqual(ids(await users.list(admin, { domain_id })), [id]);
          assert.deepEqual(ids(await groups.list(admin, { domain_id })), [team.id]);
          assert.isEmpty(await projects.list(admin, { domain_id }));
        }
        await failure(users.list(admin, { domain_id: { name: unique("none") } }), NotFoundError);
        const top = await projects.create(admin, { name: unique("top"), domain_id: other.id });
        undo(() => projects.delete(admin, top.id));
        const below = { name: unique("low"), domain_id: other.id, parent_id: top.id };
        const low = await projects.create(admin, below);
        undo(() => projects.delete(admin, low.id));
        for (const parent_id of [top.id, top, { name: top.name, domain: { name: other.name } }]) {
          assert.deepEqual(ids(await projects.list(admin, { parent_id })), [low.id]);
        }
      }),
  },
];

export default cases;
