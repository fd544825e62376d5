/** Roles, and which role implies which. */
import { assert } from "chai";
import {
  ConflictError,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  type Session,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { impliedRoles, roles } from "../fixtures/identity.ts";
import { ids, type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

async function scratchRole(admin: Session, undo: Undo, attributes = {}) {
  const made = await roles.create(admin, { name: unique("operator"), ...attributes });
  undo(() => roles.delete(admin, made.id));
  return made;
}

const cases: readonly Case[] = [
  {
    name: "a role is created, read, changed, found, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const made = await scratchRole(admin, undo, { description: "on call", shelf: "left" });
        const { id, name } = made;
        assert.deepInclude(made, { description: "on call", shelf: "left", domain_id: null });
        assert.deepEqual(await roles.get(admin, id), made);
        const changed = await roles.update(admin, id, { description: "off duty" });
        assert.deepInclude(changed, { id, name, description: "off duty", shelf: "left" });
        assert.equal((await roles.find(admin, name)).id, id);
        assert.equal((await roles.find(admin, id)).id, id);
        assert.deepEqual(ids(await roles.list(admin, { name })), [id]);
        assert.deepEqual(ids(await roles.list(admin, { name__endswith: name.slice(9) })), [id]);
        assert.includeMembers(names(await roles.list(admin)), ["admin", "member", "reader", name]);
        const { message } = await failure(roles.create(admin, { name }), ConflictError);
        assert.include(message, "Duplicate");
        await roles.delete(admin, id);
        await failure(roles.get(admin, id), NotFoundError);
        await failure(roles.find(admin, name), NotFoundError);
      }),
  },
  {
    name: "a domain's own role has a name of its own, and is listed and found with the domain",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const wide = await scratchRole(admin, undo);
        const { name } = wide;
        const own = await scratchRole(admin, undo, { name, domain_id: "default" });
        assert.equal(own.domain_id, "default");
        assert.deepEqual(ids(await roles.list(admin, { name })), [wide.id]);
        assert.include(ids(await roles.list(admin, { domain_id: "default" })), own.id);
        assert.equal((await roles.find(admin, name)).id, wide.id);
        assert.equal((await roles.find(admin, name, { domain: "default" })).id, own.id);
      }),
  },
  {
    name: "what may not be done to a role is refused in the server's words",
    async run(env) {
      const demo = demoOn(env);
      const listed = await failure(roles.list(demo), ForbiddenError);
      assert.include(listed.message, "identity:list_roles");
      const made = await failure(roles.create(demo, { name: "god" }), ForbiddenError);
      assert.include(made.message, "identity:create_role");
      const admin = adminOf(env);
      const { id } = await roles.find(admin, "reader");
      const changed = await failure(roles.update(admin, id, { name: "all" }), ForbiddenError);
      assert.include(changed.message, "immutable");
      const gone = await failure(roles.delete(admin, id), ForbiddenError);
      assert.include(gone.message, "immutable");
      const options = { immutable: "perhaps" as never };
      const { status } = await failure(
        roles.create(admin, { name: unique("x"), options }),
        KeystoneError,
      );
      assert.equal(status, 400);
    },
  },
  {
    name: "a role implies another until that is taken back",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const prior = await scratchRole(admin, undo);
        const reader = await roles.find(admin, "reader");
        assert.isFalse(await impliedRoles.check(admin, prior.id, reader.id));
        await failure(impliedRoles.get(admin, prior.id, reader.id), NotFoundError);
        const made = await impliedRoles.create(admin, prior.id, reader.id);
        undo(() => impliedRoles.delete(admin, prior.id, reader.id));
        assert.equal(made.prior_role.name, prior.name);
        assert.equal(made.implies.name, "reader");
        await failure(impliedRoles.create(admin, prior.id, reader.id), ConflictError);
        assert.deepEqual(await impliedRoles.get(admin, prior.id, reader.id), made);
        assert.isTrue(await impliedRoles.check(admin, prior.id, reader.id));
        assert.deepEqual(names((await impliedRoles.ofRole(admin, prior.id)).implies), ["reader"]);
        const all = await impliedRoles.list(admin);
        const listed = all.find(({ prior_role }) => prior_role.id === prior.id);
        assert.deepEqual(names(listed?.implies ?? []), ["reader"]);
        await impliedRoles.delete(admin, prior.id, reader.id);
        assert.isFalse(await impliedRoles.check(admin, prior.id, reader.id));
        assert.isEmpty((await impliedRoles.ofRole(admin, prior.id)).implies);
        await failure(impliedRoles.delete(admin, prior.id, reader.id), NotFoundError);
      }),
  },
  {
    name: "no role may imply admin, and a user without the role is told so",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const prior = await scratchRole(admin, undo);
        const { id } = await roles.find(admin, "admin");
        await failure(impliedRoles.create(admin, prior.id, id), ForbiddenError);
        const demo = demoOn(env);
        const { message } = await failure(impliedRoles.list(demo), ForbiddenError);
        assert.include(message, "identity:list_role_inference_rules");
        await failure(impliedRoles.check(demo, prior.id, id), ForbiddenError);
      }),
  },
];

export default cases;
