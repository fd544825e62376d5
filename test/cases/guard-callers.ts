/** Who the callers are, according to the real Keystone: every kind of token, and what ends one. */
import { assert } from "chai";
import {
  applicationCredential,
  createSession,
  InvalidTokenError,
  isKeystoneError,
  password,
  revokeToken,
  type Session,
  type Token,
  validateToken,
} from "keystone-fetch";
import { createGuard, identityHeaders } from "keystone-fetch/guard";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { asService, request, servers, withToken } from "../fixtures/guard.ts";
import { applicationCredentials, roles, trusts, users } from "../fixtures/identity.ts";
import { scratchProject, scratchUser, type Undo, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, project, sessionOf, sleep } from "../fixtures/sessions.ts";
import { troubled } from "../server/client.ts";

const guardOf = (env: Env) => createGuard({ session: asService(env) });

const cases: readonly Case[] = [
  {
    name: "a token of every scope is told as Keystone tells it",
    async run(env) {
      const guard = guardOf(env);
      const scopes = [
        [demoOn(env), "project"],
        [demoOn(env, "unscoped"), "unscoped"],
        [demoOn(env, { domain: { name: "research" } }), "domain"],
        [sessionOf(env, "admin", { scope: { system: "all" } }), "system"],
      ] as const;
      for (const [session, kind] of scopes) {
        const { id, scope } = await session.token();
        const token = await guard.identify(withToken(id));
        assert.deepEqual(token, await validateToken(session, id));
        assert.equal(token.id, id);
        assert.deepEqual(scope === "unscoped" ? [scope] : Object.keys(scope), [kind]);
        // From memory, the same.
        assert.deepEqual(await guard.identify(withToken(id)), token);
        const headers = Object.fromEntries(identityHeaders(token));
        assert.equal(headers["x-user-id"], token.user.id);
        assert.equal("x-project-id" in headers, kind === "project");
        assert.equal("x-domain-id" in headers, kind === "domain");
        assert.equal(headers["openstack-system-scope"], kind === "system" ? "all" : undefined);
      }
    },
  },
  {
    name: "a trust's token has the trustee's name and the trust's project",
    run: (env) =>
      undoing(async (undo) => {
        const [demo, dora] = [demoOn(env), sessionOf(env, "dora")];
        const trustor = await demo.token();
        const trustee = await dora.token();
        const { id } = await trusts.create(demo, {
          trustor_user_id: trustor.user.id,
          trustee_user_id: trustee.user.id,
          project_id: trustor.scope.project?.id,
          impersonation: false,
          roles: [{ name: "member" }],
        });
        undo(() => trusts.delete(demo, id));
        const session = sessionOf(env, "dora", { scope: { trust: { id } } });
        const token = await guardOf(env).identify(withToken((await session.token()).id));
        assert.deepEqual(token.scope, { trust: { id } });
        const headers = identityHeaders(token);
        assert.equal(headers.get("X-User-Name"), "dora");
        assert.equal(headers.get("X-Project-Name"), "web");
        assert.equal(headers.get("X-Project-Domain-Id"), "default");
        assert.include((headers.get("X-Roles") ?? "").split(","), "member");
      }),
  },
  {
    name: "a token that was revoked is refused after ttl at latest, at once where nobody knew it",
    async run(env) {
      const session = asService(env);
      const [brief, long] = [1, 60].map((ttl) => createGuard({ session, ttl }));
      const { id } = await demoOn(env).token();
      for (const guard of [brief, long]) await guard?.identify(withToken(id));
      await revokeToken(adminOf(env), id);
      assert.equal((await long?.identify(withToken(id)))?.user.name, "demo");
      await failure(guardOf(env).identify(withToken(id)), InvalidTokenError);
      await sleep(1100);
      await failure(Promise.resolve(brief?.identify(withToken(id))), InvalidTokenError);
    },
  },
  {
    name: "a token whose user was disabled, or lost the role, is refused",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const changes = [
          (user: string) => users.update(admin, user, { enabled: false }),
          (user: string, project: string, role: string) =>
            roles.unassign(admin, { role, user, project }),
        ];
        for (const change of changes) {
          const { session, user, project, role } = await scratchCaller(env, admin, undo);
          const { id } = await session.token();
          assert.equal((await guardOf(env).identify(withToken(id))).user.id, user);
          await change(user, project, role);
          await failure(guardOf(env).identify(withToken(id)), InvalidTokenError);
        }
      }),
  },
  {
    name: "a guard that may not ask about others' tokens blames no caller",
    async run(env) {
      const guard = createGuard({ session: sessionOf(env, "dora") });
      const error: unknown = await guard
        .identify(withToken((await demoOn(env).token()).id))
        .catch((failed: unknown) => failed);
      assert.isTrue(isKeystoneError(error) && error.code === "Forbidden");
      assert.equal(guard.challenge(error).status, 503);
    },
  },
  {
    name: "the access rules of an application credential are checked against method, path and service",
    only: servers,
    run: (env) =>
      undoing(async (undo) => {
        const restricted = await restrictedToken(env, undo);
        const session = asService(env);
        const guard = createGuard({ session, accessRules: { service: "placement" } });
        const allowed = [
          ["GET", "/resource_providers"],
          ["GET", "/resource_providers?name=x"],
          ["GET", "/resource_providers/one/usages"],
          ["PUT", "/allocations/a/b/c"],
        ];
        const refused = [
          ["POST", "/resource_providers"],
          ["GET", "/resource_providers/"],
          ["GET", "/resource_providers/one/two/usages"],
          ["GET", "/traits"],
          ["GET", "/resourceXproviders"],
          ["PUT", "/allocations"],
          ["GET", "/v2/servers"],
        ];
        const headers = { "X-Auth-Token": restricted.id };
        for (const [method, path] of allowed) {
          const token = await guard.identify(request(headers, path, method));
          assert.equal(token.user.name, "demo", path);
        }
        for (const [method, path] of refused) {
          const one = request(headers, path, method);
          const error = await failure(guard.identify(one), InvalidTokenError);
          assert.include(error.message, "access rules");
        }
        const compute = createGuard({ session, accessRules: { service: "compute" } });
        await compute.identify(request(headers, "/v2/servers"));
        for (const other of [
          createGuard({ session }),
          createGuard({ session, accessRules: { service: "unknown" } }),
        ]) {
          const one = request(headers, "/resource_providers");
          await failure(other.identify(one), InvalidTokenError);
        }
      }),
  },
  {
    name: "an expired token is accepted together with a service's, for two days, and not alone",
    lane: "troubled",
    only: servers,
    run: (quiet) =>
      undoing(async (undo) => {
        const env = troubled(quiet);
        const admin = adminOf(env);
        const { name } = await serviceRole(admin, undo);
        const caller = await demoOn(env).token();
        await sleep(caller.expiresAt.getTime() - Date.now() + 1100);
        const session = asService(env);
        const guard = createGuard({ session, serviceRoles: [name, "admin"], ttl: 2 });
        const nobodys = createGuard({ session, serviceRoles: [name] });
        const service = async () => ({ "X-Service-Token": (await session.token()).id });
        const token = await soonEnough(async () =>
          guard.identify(withToken(caller.id, await service())),
        );
        assert.equal(token.user.name, "demo");
        // What was found together with a service token does not count for others.
        await failure(guard.identify(withToken(caller.id)), InvalidTokenError);
        await failure(nobodys.identify(withToken(caller.id, await service())), InvalidTokenError);
        const forged = { "X-Service-Token": "made-up" };
        await failure(guard.identify(withToken(caller.id, forged)), InvalidTokenError);
        const own = { "X-Service-Token": (await demoOn(env).token()).id };
        await failure(guard.identify(withToken(caller.id, own)), InvalidTokenError);
      }),
  },
  {
    name: "a token is refused after its expiry, even within ttl",
    lane: "troubled",
    async run(quiet) {
      const env = troubled(quiet);
      const guard = guardOf(env);
      const { id, expiresAt } = await demoOn(env).token();
      assert.equal((await guard.identify(withToken(id))).user.name, "demo");
      await sleep(expiresAt.getTime() - Date.now() + 1100);
      await failure(guard.identify(withToken(id)), InvalidTokenError);
    },
  },
];

/** On a busy machine, a service's token of five seconds may be spent before the guard has asked about it. */
async function soonEnough<T>(identify: () => Promise<T>, tries = 3): Promise<T> {
  try {
    return await identify();
  } catch (error) {
    if (tries === 1 || !(error instanceof InvalidTokenError)) throw error;
    return soonEnough(identify, tries - 1);
  }
}

/** A user of the case's own with a role on a project of its own. */
async function scratchCaller(env: Env, admin: Session, undo: Undo) {
  const secret = unique("pass");
  const user = await scratchUser(admin, undo, secret);
  const onProject = await scratchProject(admin, undo);
  const [role] = await roles.list(admin, { name: "member" });
  assert.exists(role);
  await roles.assign(admin, { role: role.id, user, project: onProject });
  const session = createSession({
    authUrl: `${env.keystone}/v3`,
    auth: password({ id: user, password: secret }),
    scope: { project: { id: onProject } },
  });
  return { session, user, project: onProject, role: role.id };
}

async function serviceRole(admin: Session, undo: Undo) {
  const role = await roles.create(admin, { name: unique("service") });
  undo(() => roles.delete(admin, role.id));
  return role;
}

/** A token of an application credential with access rules. */
async function restrictedToken(env: Env, undo: Undo): Promise<Token> {
  const demo = sessionOf(env, "demo", { scope: project("web") });
  const { id: user } = (await demo.token()).user;
  const { id, secret } = await applicationCredentials.create(demo, user, {
    name: unique("restricted"),
    access_rules: [
      { service: "placement", method: "GET", path: "/resource_providers" },
      { service: "placement", method: "GET", path: "/resource_providers/{uuid}/usages" },
      { service: "placement", method: "PUT", path: "/allocations/**" },
      { service: "compute", method: "GET", path: "/v2/*" },
    ],
  });
  undo(() => applicationCredentials.delete(demo, user, id));
  const auth = applicationCredential({ id, secret });
  return createSession({ authUrl: `${env.keystone}/v3`, auth }).token();
}

export default cases;
