/** Who has which role where: assigned, checked, listed, and removed. */
import { assert } from "chai";
import {
  createSession,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  OptionsError,
  password,
  type Session,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { groups, roleAssignments, roles } from "../fixtures/identity.ts";
import { scratchProject, scratchUser, type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

/** A user, a group and a project of a case's own, and the role to give. */
async function cast(env: Env, undo: Undo) {
  const admin = adminOf(env);
  const secret = unique("secret");
  const user = await scratchUser(admin, undo, secret);
  const project = await scratchProject(admin, undo);
  const group = await groups.create(admin, { name: unique("team"), domain_id: "default" });
  undo(() => groups.delete(admin, group.id));
  const { id: role } = await roles.find(admin, "reader");
  return { admin, user, group: group.id, project, role, secret };
}

/** Who gets a role: somebody without any. */
async function grantee(admin: Session, undo: Undo, kind: "user" | "group") {
  if (kind === "user") return { user: await scratchUser(admin, undo, unique("secret")) };
  const { id } = await groups.create(admin, { name: unique("team"), domain_id: "default" });
  undo(() => groups.delete(admin, id));
  return { group: id };
}

const reader = async (admin: Session) => (await roles.find(admin, "reader")).id;

const given = (kind: "user" | "group"): Case[] => [
  {
    name: `a role is given to a ${kind}, on every place, and taken back`,
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const [role, who] = [await reader(admin), await grantee(admin, undo, kind)];
        const project = await scratchProject(admin, undo);
        for (const place of [{ project }, { domain: "default" }, { system: "all" }] as const) {
          const grant = { role, ...who, ...place };
          assert.isFalse(await roles.check(admin, grant));
          assert.isEmpty(await roles.granted(admin, grant));
          await roles.assign(admin, grant);
          await roles.assign(admin, grant);
          assert.isTrue(await roles.check(admin, grant));
          assert.deepEqual(names(await roles.granted(admin, grant)), ["reader"]);
          const [one, ...others] = await roleAssignments.list(admin, grant);
          assert.equal(one?.role.id, role);
          assert.isEmpty(others);
          await roles.unassign(admin, grant);
          assert.isFalse(await roles.check(admin, grant));
          await failure(roles.unassign(admin, grant), NotFoundError);
        }
      }),
  },
  {
    name: `a role is given to a ${kind} for what is below a project or a domain, and is none on it`,
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const [role, who] = [await reader(admin), await grantee(admin, undo, kind)];
        const project = await scratchProject(admin, undo);
        for (const place of [{ project }, { domain: "default" }]) {
          const direct = { role, ...who, ...place };
          const grant = { ...direct, inherited: true };
          assert.isFalse(await roles.check(admin, grant));
          await roles.assign(admin, grant);
          assert.isTrue(await roles.check(admin, grant));
          assert.isFalse(await roles.check(admin, direct));
          const [one] = await roleAssignments.list(admin, grant);
          assert.equal(one?.scope["OS-INHERIT:inherited_to"], "projects");
          assert.lengthOf(await roleAssignments.list(admin, { ...direct, inherited: false }), 1);
          if (place.domain) {
            const handed = { ...who, domain: place.domain, inherited: true };
            assert.deepEqual(names(await roles.granted(admin, handed)), ["reader"]);
            assert.isEmpty(await roles.granted(admin, { ...handed, inherited: false }));
          }
          await roles.unassign(admin, grant);
          assert.isEmpty(await roleAssignments.list(admin, grant));
        }
      }),
  },
];

const cases: readonly Case[] = [
  ...given("user"),
  ...given("group"),
  {
    name: "a role that was given is in the token",
    run: (env) =>
      undoing(async (undo) => {
        const { admin, user, group, project, role, secret } = await cast(env, undo);
        await roles.assign(admin, { role, group, project });
        await groups.addUser(admin, group, user);
        const session = createSession({
          authUrl: `${env.keystone}/v3`,
          auth: password({ id: user, password: secret }),
          scope: { project: { id: project } },
        });
        assert.deepEqual(names((await session.token()).roles), ["reader"]);
      }),
  },
  {
    name: "assignments are listed by the API's names or by short ones, with names, and as they take effect",
    run: (env) =>
      undoing(async (undo) => {
        const { admin, user, group, project } = await cast(env, undo);
        const { id: role } = await roles.find(admin, "member");
        await groups.addUser(admin, group, user);
        await roles.assign(admin, { role, group, project });
        const list = (query: Parameters<typeof roleAssignments.list>[1]) =>
          roleAssignments.list(admin, query);
        const short = await list({ group, project });
        assert.lengthOf(short, 1);
        const own = { "group.id": group, "scope.project.id": project, "role.id": role };
        assert.deepEqual((await list(own)).map(withoutLinks), short.map(withoutLinks));
        const [named] = await list({ group, include_names: true });
        assert.deepInclude(named?.role, { id: role, name: "member" });
        assert.equal(named?.group?.domain?.name, "Default");
        assert.match(named?.scope.project?.name ?? "", /^scratch-/);
        // The effective ones: the user's, with the role that member implies.
        const works = await list({ user, project, effective: true, include_names: true });
        assert.deepEqual(works.map(({ role }) => role.name).sort(), ["member", "reader"]);
        assert.deepEqual(
          works.map((one) => one.user?.id),
          [user, user],
        );
        // A flag that is false is not sent: the server would take it for true.
        assert.isEmpty(await list({ user, project, effective: false }));
        assert.isUndefined((await list({ project, include_names: false }))[0]?.role.name);
        const below = await scratchProject(admin, undo, project);
        await roles.assign(admin, { role, user, project: below });
        assert.lengthOf(await list({ project, include_subtree: true }), 2);
        assert.lengthOf(await list({ project, include_subtree: false }), 1);
      }),
  },
  {
    name: "an impossible grant is refused by its option, before any request",
    async run(env) {
      const admin = adminOf(env);
      const [role, user, project] = ["r", "u", "p"];
      const wrong: [unknown, string][] = [
        [undefined, "grant"],
        [{ role, project }, "grant"],
        [{ role, user, group: "g", project }, "grant"],
        [{ role, user }, "grant"],
        [{ role, user, project, domain: "d" }, "grant"],
        [{ role, user, system: true }, "system"],
        [{ role, user, system: "all", inherited: true }, "inherited"],
        [{ user, project }, "grant.role"],
        [{ role, user: "", project }, "grant.user"],
        [{ role, user, project: ".." }, "grant.project"],
        [{ role, user, project: { name: "web" } }, "grant.project.domain"],
        [{ role, user, project: { name: "web", domian: "default" } }, "grant.project.domian"],
        [{ role, user: { name: "dora", domain: {} }, project }, "grant.user.domain"],
        [{ role: { id: "" }, user, project }, "grant.role.id"],
        [{ role: {}, user, project }, "grant.role"],
        [{ role, user, project, inherted: true }, "grant.inherted"],
      ];
      for (const [grant, option] of wrong) {
        for (const verb of [roles.assign, roles.unassign, roles.check]) {
          const { message } = await failure(verb(admin, grant as never), OptionsError);
          assert.match(message, new RegExp(`${option}: (expected|only) `));
        }
      }
      const handed = { user, project, inherited: true } as never;
      const { message } = await failure(async () => roles.granted(admin, handed), OptionsError);
      assert.include(message, "inherited: only with a domain");
      await failure(async () => roles.granted(admin, undefined as never), OptionsError);
      const twice = { user, "user.id": user };
      const both = await failure(async () => roleAssignments.list(admin, twice), OptionsError);
      assert.include(both.message, "query.user.id: given twice");
    },
  },
  {
    name: "a grant that is refused throws, and says why",
    run: (env) =>
      undoing(async (undo) => {
        const { admin, user, project, role } = await cast(env, undo);
        const grant = { role, user, project };
        const demo = demoOn(env);
        const rules: [() => unknown, string][] = [
          [() => roles.assign(demo, grant), "identity:create_grant"],
          [() => roles.unassign(demo, grant), "identity:revoke_grant"],
          [() => roles.check(demo, grant), "identity:check_grant"],
          [() => roles.granted(demo, { user, project }), "identity:list_grants"],
          [
            () => roles.check(demo, { role, user, system: "all" }),
            "identity:check_system_grant_for_user",
          ],
          [() => roleAssignments.list(demo), "identity:list_role_assignments"],
        ];
        for (const [work, rule] of rules) {
          assert.include((await failure(work, ForbiddenError)).message, rule);
        }
        assert.isFalse(await roles.check(admin, grant));
        for (const none of [{ role: "none" }, { user: "none" }, { project: "none" }]) {
          const { message } = await failure(
            roles.assign(admin, { ...grant, ...none }),
            NotFoundError,
          );
          assert.include(message, "none");
        }
        // Keystone checks that the grantee exists only if the role is not inherited.
        const nobody = { role, user: unique("none"), project, inherited: true };
        await roles.assign(admin, nobody);
        await roles.unassign(admin, nobody);
        assert.isEmpty(await roleAssignments.list(admin, { user: nobody.user, project }));
        const both = { user, group: "none" };
        const error = await failure(() => roleAssignments.list(admin, both), KeystoneError);
        assert.equal(error.status, 400);
        assert.match(error.message, /user.*group/i);
      }),
  },
];

const withoutLinks = ({ links: _, ...rest }: Record<string, unknown>) => rest;

export default cases;
