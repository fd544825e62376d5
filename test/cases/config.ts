/** `keystone-fetch/config` against the real Keystone: what it reads logs in. */
import { assert } from "chai";
import { createSession, isKeystoneError, UnauthorizedError } from "keystone-fetch";
import { fromClouds, fromEnv } from "keystone-fetch/config";
import { vendors } from "keystone-fetch/config/vendors";
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

/** The user's clouds.yaml, parsed. */
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
      // Keystone answers that demo has no role on the system, so the scope was requested.
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
      // Other cases look at everything that the user has.
      await keystone.delete(`users/${user.id}/application_credentials/${created.id}`);
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
    name: "a provider's profile with the region in its address logs in",
    async run(env) {
      const { auth_url, ...user } = clouds(env).clouds.devstack.auth;
      const provider = { auth: { auth_url: `${auth_url}/{region_name}` }, regions: ["v2", "v3"] };
      const profiles = { "public-clouds": { provider } };
      const mine = { profile: "provider", auth: user, region_name: "v3" };
      const options = fromClouds({ clouds: { mine } }, "mine", { profiles });
      assert.equal(options.authUrl, `${auth_url}/v3`);
      assert.equal((await createSession(options).token()).user.domain.name, "research");
    },
  },
  {
    name: "what no fetch can follow is reported once, and the rest logs in",
    async run(env) {
      const variables = { ...openrc(env), OS_CACERT: "/etc/ssl/ca.pem", OS_API_TIMEOUT: "20" };
      assert.throws(() => fromEnv(variables), /^OS_CACERT: must not be set: .*NODE_EXTRA_CA_CERTS/);
      const told: string[] = [];
      const options = fromEnv(variables, { ignored: ({ name }) => told.push(name) });
      assert.deepEqual(told, ["OS_CACERT"]);
      assert.equal(options.timeout, 20_000);
      assert.equal((await createSession(options).token()).user.name, "demo");
    },
  },
  {
    name: "the address of one service is used instead of the catalog's",
    async run(env) {
      const variables = { ...openrc(env), OS_COMPUTE_ENDPOINT: `${env.keystone}/v3` };
      const session = createSession(fromEnv(variables));
      assert.equal((await session.endpoint("compute")).url, `${env.keystone}/v3`);
    },
  },
  {
    name: "the profiles of public clouds are included, with their addresses",
    run() {
      const profiles = Object.entries(vendors["public-clouds"]);
      assert.isAtLeast(profiles.length, 20);
      const user = { username: "u", password: "p" };
      for (const [profile, published] of profiles) {
        const mine = { profile, auth: user };
        if (!published.auth || published.status === "shutdown") continue;
        if (published.identity_api_version?.startsWith("2")) continue;
        const { authUrl } = fromClouds({ clouds: { mine } }, "mine", { profiles: vendors });
        assert.match(`${authUrl}`, /^https:\/\/[^{}]+$/, profile);
      }
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
