/** Projects, those above and below them, and their tags, by `keystone-fetch/identity`. */
import { assert } from "chai";
import {
  ConflictError,
  createSession,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  OptionsError,
  password as passwordMethod,
  type Session,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { projects, roles } from "../fixtures/identity.ts";
import { scratchUser, type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

const domain_id = "default";

/** A new project, which is gone when the case is over. */
async function scratchProject(admin: Session, undo: Undo, attributes: object = {}) {
  const project = { name: unique("shop"), domain_id, ...attributes };
  const made = await projects.create(admin, project);
  undo(() => projects.delete(admin, made.id));
  assert.deepInclude(made, project);
  return made;
}

const cases: readonly Case[] = [
  {
    name: "a project is created, read, changed, found, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const made = await scratchProject(admin, undo, { colour: "blue", description: "sells" });
        const { id, name } = made;
        assert.deepInclude(made, { enabled: true, is_domain: false, parent_id: domain_id });
        assert.deepEqual(await projects.get(admin, id), made);
        const changed = await projects.update(admin, id, { enabled: false, floor: 3 });
        assert.deepInclude(changed, { name, enabled: false, colour: "blue", floor: 3 });
        assert.equal((await projects.find(admin, name)).id, id);
        assert.equal((await projects.find(admin, name, { domain: domain_id })).id, id);
        assert.equal((await projects.find(admin, id)).id, id);
        assert.deepEqual(names(await projects.list(admin, { name, enabled: false })), [name]);
        assert.deepEqual(names(await projects.list(admin, { name__endswith: name.slice(4) })), [
          name,
        ]);
        assert.isEmpty(await projects.list(admin, { name, enabled: true }));
        const again = await failure(projects.create(admin, { name, domain_id }), ConflictError);
        assert.include(again.message, "same name");
        await projects.delete(admin, id);
        await failure(projects.get(admin, id), NotFoundError);
        await failure(projects.find(admin, name), NotFoundError);
        await failure(projects.update(admin, id, { floor: 4 }), NotFoundError);
        await failure(projects.delete(admin, id), NotFoundError);
      }),
  },
  {
    name: "a project shows those above and below it, as ids or as a list",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const top = await scratchProject(admin, undo);
        const middle = await scratchProject(admin, undo, { parent_id: top.id });
        const low = await scratchProject(admin, undo, { parent_id: middle.id });
        const ids = { parents_as_ids: true, subtree_as_ids: true, include_limits: false } as const;
        const { parents, subtree } = await projects.get(admin, middle.id, ids);
        assert.deepEqual(parents, { [top.id]: { [domain_id]: null } });
        assert.deepEqual(subtree, { [low.id]: null });
        const none = await projects.get(admin, low.id, { subtree_as_ids: true });
        assert.isEmpty(none.subtree ?? {});
        const both = { subtree_as_ids: true, subtree_as_list: true };
        const error = await failure(projects.get(admin, low.id, both), KeystoneError);
        assert.equal(error.status, 400);
        const { message } = await failure(projects.delete(admin, middle.id), ForbiddenError);
        assert.include(message, "not a leaf");
      }),
  },
  {
    name: "a list of a project's relatives holds those on which one has a role",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const top = await scratchProject(admin, undo);
        const middle = await scratchProject(admin, undo, { parent_id: top.id });
        const low = await scratchProject(admin, undo, { parent_id: middle.id });
        const password = unique("sesame");
        const user = await scratchUser(admin, undo, password);
        const { id: role } = await roles.find(admin, "reader");
        for (const project of [top, middle]) {
          await roles.assign(admin, { role, user, project: project.id });
        }
        const session = createSession({
          authUrl: `${env.keystone}/v3`,
          auth: passwordMethod({ id: user, password }),
          scope: { project: { id: middle.id } },
        });
        const wanted = { parents_as_list: true, subtree_as_list: true } as const;
        const seen = await projects.get(session, middle.id, wanted);
        assert.deepEqual(
          seen.parents?.map(({ project }) => project.name),
          [top.name],
        );
        assert.isEmpty(seen.subtree);
        await roles.assign(admin, { role, user, project: low.id });
        const limits = { subtree_as_list: true, include_limits: true } as const;
        const { subtree = [] } = await projects.get(session, middle.id, limits);
        assert.deepEqual(
          subtree.map(({ project }) => project.name),
          [low.name],
        );
      }),
  },
  {
    name: "a project is given tags, which are read, added, taken and cleared",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const { id } = await scratchProject(admin, undo, { tags: ["first"] });
        assert.deepEqual(await projects.tags(admin, id), ["first"]);
        assert.sameMembers(
          [...(await projects.setTags(admin, id, ["shop", "50 % off"]))],
          ["shop", "50 % off"],
        );
        await projects.addTag(admin, id, "größer?");
        const twice = await failure(projects.addTag(admin, id, "größer?"), KeystoneError);
        assert.equal(twice.status, 400);
        assert.sameMembers([...(await projects.tags(admin, id))], ["shop", "50 % off", "größer?"]);
        assert.isTrue(await projects.hasTag(admin, id, "50 % off"));
        assert.isTrue(await projects.hasTag(admin, id, "größer?"));
        await projects.removeTag(admin, id, "50 % off");
        assert.isFalse(await projects.hasTag(admin, id, "50 % off"));
        await failure(projects.removeTag(admin, id, "50 % off"), NotFoundError);
        await projects.clearTags(admin, id);
        assert.isEmpty(await projects.tags(admin, id));
        const { status, message } = await failure(
          projects.setTags(admin, id, ["a,b"]),
          KeystoneError,
        );
        assert.equal(status, 400);
        assert.include(message, "a,b");
        await failure(projects.addTag(admin, id, ""), OptionsError);
      }),
  },
  {
    name: "projects are listed by their tags",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const [red, blue] = [unique("red"), unique("blue")];
        const top = await scratchProject(admin, undo);
        const attributes = { parent_id: top.id };
        const one = await scratchProject(admin, undo, { ...attributes, tags: [red] });
        const two = await scratchProject(admin, undo, { ...attributes, tags: [red, blue] });
        const none = await scratchProject(admin, undo, attributes);
        const under = async (query: object) =>
          names(await projects.list(admin, { parent_id: top.id, ...query }));
        const sorted = (...these: { name: string }[]) => names(these);
        assert.deepEqual(await under({}), sorted(one, two, none));
        assert.deepEqual(await under({ tags: [red] }), sorted(one, two));
        assert.deepEqual(await under({ tags: [red, blue] }), sorted(two));
        assert.deepEqual(await under({ "tags-any": [red, blue] }), sorted(one, two));
        assert.deepEqual(await under({ "not-tags": [red, blue] }), sorted(one, none));
        assert.deepEqual(await under({ "not-tags-any": [blue, red] }), sorted(none));
        assert.deepEqual(await under({ "not-tags": [blue], tags: [red] }), sorted(one));
      }),
  },
  {
    name: "a user who may not touch projects is told which rule forbids it",
    async run(env) {
      const demo = demoOn(env);
      const { scope } = await demo.token();
      const id = (scope as { project: { id: string } }).project.id;
      assert.equal((await projects.get(demo, id)).name, "web");
      const rules = {
        list_projects: () => projects.list(demo),
        create_project: () => projects.create(demo, { name: unique("mine") }),
        update_project: () => projects.update(demo, id, { enabled: false }),
        delete_project: () => projects.delete(demo, id),
        create_project_tag: () => projects.addTag(demo, id, "mine"),
        delete_project_tags: () => projects.clearTags(demo, id),
      };
      for (const [rule, refused] of Object.entries(rules)) {
        const { message } = await failure(refused, ForbiddenError);
        assert.include(message, `identity:${rule}`);
      }
    },
  },
];

export default cases;
