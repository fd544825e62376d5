/**
 * The other ways to log in: application credentials, an existing token, a trust; at a real Keystone.
 */
import { assert } from "chai";
import { applicationCredential, OptionsError, type Session, token } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { demoOn, passwordOf, project, sessionOf } from "../fixtures/sessions.ts";

interface Credential {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** A new application credential of the session's user, for the project that it is on. */
async function createCredential(session: Session): Promise<Credential> {
  const { user } = await session.token();
  const identity = await session.service("identity");
  const json = { application_credential: { name: `case-${crypto.randomUUID()}` } };
  const path = `users/${user.id}/application_credentials`;
  type Created = { application_credential: Credential };
  return (await identity.post(path, { json }).json<Created>()).application_credential;
}

/** A new trust: dora may do what the session's user may on their project. */
async function createTrust(env: Env, session: Session): Promise<{ id: string }> {
  const trustor = await session.token();
  const dora = await sessionOf(env, "dora").token();
  const { project: web } = trustor.scope as { project: { id: string } };
  const trust = {
    trustor_user_id: trustor.user.id,
    trustee_user_id: dora.user.id,
    project_id: web.id,
    impersonation: true,
    roles: [{ name: "member" }],
  };
  const identity = await session.service("identity");
  const path = "OS-TRUST/trusts";
  return (await identity.post(path, { json: { trust } }).json<{ trust: { id: string } }>()).trust;
}

/** The ways to name an application credential. */
const named: Record<
  string,
  (of: Credential, userId: string) => Parameters<typeof applicationCredential>[0]
> = {
  "by its id": ({ id, secret }) => ({ id, secret }),
  "by its name and the user's id": ({ name, secret }, id) => ({ name, secret, user: { id } }),
  "by its name and the user's name": ({ name, secret }) => ({
    name,
    secret,
    user: { name: "demo", domain: { name: "Default" } },
  }),
};

const cases: readonly Case[] = [
  ...Object.entries(named).map(([how, naming]) => ({
    name: `an application credential ${how}`,
    async run(env: Env) {
      const owner = demoOn(env);
      const credential = await createCredential(owner);
      const { user, scope } = await owner.token();
      const auth = applicationCredential(naming(credential, user.id));
      const session = sessionOf(env, "demo", { auth });
      const found = await session.authenticate();
      assert.deepEqual(found.methods, ["application_credential"]);
      assert.deepEqual([found.user, found.scope], [user, scope]);
      assert.nestedPropertyVal(found.extra, "application_credential.id", credential.id);
      for (const value of [auth, session, found]) assertHides(value, credential.secret, found.id);
      // It does not name the user, and has its own project.
      await session.revoke();
      assert.deepEqual((await session.token()).scope, scope);
      await failure(() => session.rescope(project("data")), OptionsError);
      await failure(() => sessionOf(env, "demo", { auth, scope: project("web") }), OptionsError);
      // Other cases look at everything that the user has.
      const identity = await owner.service("identity");
      await identity.delete(`users/${user.id}/application_credentials/${credential.id}`);
    },
  })),
  {
    name: "an existing token gets another scope, and still expires at the same time",
    async run(env) {
      const first = await sessionOf(env, "demo", { scope: "unscoped" }).authenticate();
      const session = sessionOf(env, "demo", { auth: token(first.id), scope: project("data") });
      const second = await session.authenticate();
      assert.sameMembers([...second.methods], ["token", "password"]);
      assert.notEqual(second.id, first.id);
      assert.deepEqual(second.expiresAt, first.expiresAt);
      assert.nestedPropertyVal(second.scope, "project.name", "data");
      // The parent's audit id is the second.
      assert.deepEqual(second.auditIds.slice(1), first.auditIds);
    },
  },
  {
    name: "a trust lets its trustee do what the trustor may",
    async run(env) {
      const demo = demoOn(env);
      const { id } = await createTrust(env, demo);
      const dora = sessionOf(env, "dora", { scope: { trust: { id } } });
      const found = await dora.authenticate();
      assert.deepEqual(found.scope, { trust: { id } });
      assert.equal(dora.state.status, "scoped");
      assert.equal(found.user.name, "demo"); // impersonated
      assert.deepEqual(found.roles.map(({ name }) => name).sort(), ["member", "reader"]);
      assert.nestedPropertyVal(found.extra, "project.name", "web");
      assert.isNotEmpty(found.catalog);
      const again = sessionOf(env, "dora").rescope(found.scope);
      assert.deepEqual((await again.token()).scope, found.scope);
    },
  },
  {
    name: "several methods together are one login",
    async run(env) {
      const { id } = await sessionOf(env, "demo").token();
      const auth = [passwordOf(env, "demo"), token(id)];
      const found = await sessionOf(env, "demo", { auth, scope: project("web") }).authenticate();
      assert.sameMembers([...found.methods], ["password", "token"]);
    },
  },
];

export default cases;
