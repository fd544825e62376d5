/** Credentials of every kind: a user's, EC2's and those of applications, with their access rules. */
import { assert } from "chai";
import {
  applicationCredential,
  ConflictError,
  createSession,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  password,
  UnauthorizedError,
} from "keystone-fetch";
import { type Case, inLane } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import {
  accessRules,
  applicationCredentials,
  credentials,
  ec2Credentials,
} from "../fixtures/identity.ts";
import { ids, scratchProject, scratchUser, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf, demoOn, names } from "../fixtures/sessions.ts";

// A user's credentials go with the user.
const totp = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

const cases: readonly Case[] = [
  {
    name: "a credential is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const user_id = await scratchUser(admin, undo, unique("pass"));
        const made = await credentials.create(admin, { user_id, type: "totp", blob: totp });
        const { id } = made;
        assert.deepInclude(made, { user_id, type: "totp", blob: totp, project_id: null });
        // Keystone 2026.2 and newer never show the secret again.
        const { blob: _, ...shown } = made;
        assert.deepInclude(await credentials.get(admin, id), shown);
        assert.deepEqual(ids(await credentials.list(admin, { user_id })), [id]);
        assert.isEmpty(await credentials.list(admin, { user_id, type: "ec2" }));
        assert.isEmpty(await credentials.list(demoOn(env), { user_id }));
        await failure(credentials.get(demoOn(env), id), ForbiddenError);
        const changed = await credentials.update(admin, id, { blob: "ORSXG5BAORSXG5A" });
        assert.deepInclude(changed, shown);
        assert.include([undefined, "ORSXG5BAORSXG5A"], changed.blob);
        await credentials.delete(admin, id);
        await failure(credentials.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "a credential that the server refuses is in no error",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const user_id = await scratchUser(admin, undo, unique("pass"));
        const blob = JSON.stringify({ access: unique("access"), secret: unique("hush") });
        const error = await failure(
          credentials.create(admin, { user_id, type: "ec2", blob }),
          KeystoneError,
        );
        assert.equal(error.status, 400);
        assertHides(error, blob, JSON.parse(blob).secret);
      }),
  },
  {
    name: "an EC2 credential is created, read, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const user_id = await scratchUser(admin, undo, unique("pass"));
        const tenant_id = await scratchProject(admin, undo);
        const made = await ec2Credentials.create(admin, user_id, { tenant_id });
        const { access, secret } = made;
        assert.deepInclude(made, { user_id, tenant_id });
        assert.isNotEmpty(secret);
        assert.deepEqual(await ec2Credentials.get(admin, user_id, access), made);
        assert.deepEqual([...(await ec2Credentials.list(admin, user_id))], [made]);
        assert.deepEqual(
          (await credentials.list(admin, { user_id })).map(({ type }) => type),
          ["ec2"],
        );
        await ec2Credentials.delete(admin, user_id, access);
        await failure(ec2Credentials.get(admin, user_id, access), NotFoundError);
        await failure(ec2Credentials.list(demoOn(env), user_id), ForbiddenError);
      }),
  },
  {
    name: "an application credential is created, logged in with, read, found, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { user, scope } = await demo.token();
        const { id: user_id } = user;
        const name = unique("nightly");
        const made = await applicationCredentials.create(demo, user_id, {
          name,
          roles: [{ name: "reader" }],
          expires_at: new Date(Date.now() + 3_600_000),
        });
        const { id, secret, ...rest } = made;
        undo(() => applicationCredentials.delete(demo, user_id, id));
        assert.equal(
          scope !== "unscoped" && "project" in scope && scope.project?.id,
          made.project_id,
        );
        assert.deepEqual(names(made.roles ?? []), ["reader"]);
        assert.match(String(made.expires_at), /^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/);
        const authUrl = `${env.keystone}/v3`;
        const session = createSession({ authUrl, auth: applicationCredential({ id, secret }) });
        assert.deepEqual(
          (await session.token()).roles.map((role) => role.name),
          ["reader"],
        );
        const again = await applicationCredentials.get(demo, user_id, id);
        assert.deepEqual(again, { id, ...rest });
        assert.notProperty(again, "secret");
        assert.equal((await applicationCredentials.find(demo, user_id, name)).id, id);
        assert.include(ids(await applicationCredentials.list(demo, user_id)), id);
        assert.deepEqual(ids(await applicationCredentials.list(demo, user_id, { name })), [id]);
        await failure(
          applicationCredentials.create(session, user_id, { name: unique("next") }),
          ForbiddenError,
        );
        await applicationCredentials.delete(demo, user_id, id);
        await failure(applicationCredentials.get(demo, user_id, id), NotFoundError);
        await failure(session.authenticate(), UnauthorizedError);
      }),
  },
  {
    name: "the secret of an application credential that is refused is in no error",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user_id } = (await demo.token()).user;
        const wanted = { name: unique("mine"), secret: unique("hush") };
        const { id } = await applicationCredentials.create(demo, user_id, wanted);
        undo(() => applicationCredentials.delete(demo, user_id, id));
        assertHides(
          await failure(applicationCredentials.create(demo, user_id, wanted), ConflictError),
          wanted.secret,
        );
        const error = await failure(
          applicationCredentials.create(demo, user_id, {
            ...wanted,
            name: unique("other"),
            roles: [{ name: "admin" }],
          }),
          KeystoneError,
        );
        assert.equal(error.status, 400);
        assertHides(error, wanted.secret);
        const other = adminOf(env);
        await failure(applicationCredentials.create(other, user_id, wanted), ForbiddenError);
      }),
  },
  {
    name: "access rules come with an application credential, and outlive it",
    run: (env) =>
      undoing(async (undo) => {
        const demo = demoOn(env);
        const { id: user_id } = (await demo.token()).user;
        const rule = { service: "compute", method: "GET", path: `/v2.1/${unique("servers")}` };
        const made = await applicationCredentials.create(demo, user_id, {
          name: unique("reader"),
          access_rules: [rule],
        });
        const [first] = made.access_rules ?? [];
        const id = String(first?.id);
        undo(() => accessRules.delete(demo, user_id, id));
        undo(() => applicationCredentials.delete(demo, user_id, made.id));
        assert.deepInclude(first, rule);
        assert.deepInclude(await accessRules.get(demo, user_id, id), { id, ...rule });
        assert.include(ids(await accessRules.list(demo, user_id)), id);
        assert.deepEqual(ids(await accessRules.list(demo, user_id, rule)), [id]);
        await failure(accessRules.delete(demo, user_id, id), ForbiddenError);
        await applicationCredentials.delete(demo, user_id, made.id);
        const again = await applicationCredentials.create(demo, user_id, {
          name: unique("reader"),
          access_rules: [{ id }],
        });
        undo(() => applicationCredentials.delete(demo, user_id, again.id));
        assert.deepEqual(
          again.access_rules?.map((one) => one.id),
          [id],
        );
        await applicationCredentials.delete(demo, user_id, again.id);
        await accessRules.delete(demo, user_id, id);
        await failure(accessRules.get(demo, user_id, id), NotFoundError);
      }),
  },
  {
    name: "a user's own credential needs no role",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const secret = unique("pass");
        const user_id = await scratchUser(admin, undo, secret);
        const authUrl = `${env.keystone}/v3`;
        const session = createSession({
          authUrl,
          auth: password({ id: user_id, password: secret }),
          scope: "unscoped",
        });
        const { id } = await credentials.create(session, { user_id, type: "cert", blob: "mine" });
        assert.deepEqual(ids(await credentials.list(session)), [id]);
        await credentials.delete(session, id);
        await failure(credentials.list(createSession({ authUrl })), UnauthorizedError);
      }),
  },
];

export default inLane("credentials", cases);
