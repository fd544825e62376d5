/** `keystone-fetch/config` against the real Keystone: what it reads logs in. */
import { assert } from "chai";
import { createSession, isKeystoneError, UnauthorizedError } from "keystone-fetch";
import { fromClouds, fromEnv } from "keystone-fetch/config";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { demoOn } from "../fixtures/sessions.ts";

/** What an openrc file of the demo user sets. */
const openrc = ({ keystone, accounts }: Env) => ({
  OS_AUTH_URL: `${keystone}/v3`,
  OS_IDENTITY_API_VERSION: "3",
  OS_USERNAME: accounts.demo.name,
  OS_PASSWORD: accounts.demo.password,
  OS_USER_DOMAIN_NAME: "Default",
  OS_PROJECT_NAME: "web",
  OS_PROJECT_DOMAIN_ID: "default",
  OS_REGION_NAME: "RegionTwo",
  OS_INTERFACE: "internalURL",
});

/** A clouds.yaml of theirs, parsed. */
const clouds = ({ keystone, accounts }: Env) => ({
  clouds: {
    devstack: {
      auth: {
        auth_url: keystone,
        username: accounts.researchDemo.name,
        password: accounts.researchDemo.password,
        user_domain_name: "research",
        project_name: "genome",
        project_domain_name: "research",
      },
      regions: ["RegionTwo", "RegionOne"],
      interface: "internal",
      identity_api_version: 3,
    },
  },
});

const cases: readonly Case[] = [
  {
    name: "an openrc file's variables log in, and are the defaults of lookups",
    async run(env) {
      const session = createSession(fromEnv(openrc(env)));
      const { user, scope } = await session.token();
      assert.equal(user.name, "demo");
      assert.deepInclude(scope, { project: { ...Object(scope).project, name: "web" } });
      const { region, interface: face } = await session.endpoint("compute");
      assert.deepEqual([region, face], ["RegionTwo", "internal"]);
    },
  },
  {
    name: "a domain, the system, or what the server gives by default",
    async run(env) {
      const { OS_PROJECT_NAME: _, ...unscoped } = openrc(env);
      const research = fromEnv({ ...unscoped, OS_DOMAIN_NAME: "research" });
      const inDomain = await createSession(research).token();
      assert.equal(Object(inDomain.scope).domain.name, "research");
      assert.equal((await createSession(fromEnv(unscoped)).token()).scope, "unscoped");
      // That demo has no role on the system is Keystone's answer, so it was asked for.
      const system = createSession(fromEnv({ ...unscoped, OS_SYSTEM_SCOPE: "all" }));
      await failure(system.token(), UnauthorizedError);
    },
  },
  {
    name: "an application credential and a token from variables",
    async run(env) {
      const session = demoOn(env, { project: { name: "web", domain: { id: "default" } } });
      const { user, id } = await session.token();
      const keystone = await session.service("identity");
      const { application_credential: created } = await keystone
        .post(`users/${user.id}/application_credentials`, {
          json: { application_credential: { name: crypto.randomUUID() } },
        })
        .json<{ application_credential: { id: string; name: string; secret: string } }>();
      const OS_AUTH_URL = env.keystone;
      const credential = {
        OS_AUTH_URL,
        OS_AUTH_TYPE: "v3applicationcredential",
        OS_APPLICATION_CREDENTIAL_SECRET: created.secret,
      };
      for (const [variables, methods] of [
        [{ ...credential, OS_APPLICATION_CREDENTIAL_ID: created.id }, ["application_credential"]],
        [
          {
            ...credential,
            OS_APPLICATION_CREDENTIAL_NAME: created.name,
            OS_USERNAME: "demo",
            OS_USER_DOMAIN_ID: "default",
          },
          ["application_credential"],
        ],
        [{ OS_AUTH_URL, OS_TOKEN: id, OS_PROJECT_NAME: "data" }, ["password", "token"]],
      ] as const) {
        const given = await createSession(fromEnv(variables)).token();
        assert.equal(given.user.id, user.id);
        assert.sameMembers([...given.methods], [...methods]);
      }
    },
  },
  {
    name: "a clouds.yaml logs in, in the first of its regions",
    async run(env) {
      const session = createSession(fromClouds(clouds(env), "devstack"));
      const { user, scope } = await session.token();
      assert.equal(user.domain.name, "research");
      assert.equal(Object(scope).project.name, "genome");
      const { region, interface: face } = await session.endpoint("placement");
      assert.deepEqual([region, face], ["RegionTwo", "internal"]);
    },
  },
  {
    name: "a wrong password from a secure.yaml is Keystone's 401, and shown nowhere",
    async run(env) {
      const secure = { clouds: { devstack: { auth: { password: "wr0ng-w0rd" } } } };
      const session = createSession(fromClouds(clouds(env), "devstack", { secure }));
      const error = await failure(session.token(), UnauthorizedError);
      assertHides(error, "wr0ng-w0rd", env.accounts.researchDemo.password);
    },
  },
  {
    name: "its errors are the package's own",
    run() {
      try {
        fromEnv({});
        assert.fail("nothing was thrown");
      } catch (error) {
        assert.isTrue(isKeystoneError(error), String(error));
        assert.propertyVal(error, "code", "Options");
      }
    },
  },
];

export default cases;
