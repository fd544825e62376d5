/** From OS_* variables to the options of a session. */
import { assert } from "chai";
import { authRequest, readMethods } from "../../src/auth/auth-request.ts";
import { fromEnv } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { SessionOptions } from "../../src/session/options.ts";
import type { Case } from "../case.ts";

const authUrl = "https://cloud.example/identity";
const OS_AUTH_URL = authUrl;
const secret = "s3cret-w0rd";
const user = { OS_AUTH_URL, OS_USERNAME: "demo", OS_PASSWORD: secret };
const credential = { OS_AUTH_URL, OS_APPLICATION_CREDENTIAL_SECRET: secret };
const home = { id: "default" };

/** What would be sent to log in. */
async function requestOf({ auth, scope }: SessionOptions) {
  const request = (await authRequest(readMethods(auth), scope)) as {
    auth: { identity: Record<string, unknown>; scope?: unknown };
  };
  return request.auth;
}

const passwordFor = (sent: object) => ({
  methods: ["password"],
  password: { user: { ...sent, password: secret } },
});
const demo = passwordFor({ name: "demo", domain: home });

/** Variables, and how they say who somebody is. */
const identities: readonly [string, object, object][] = [
  ["a user by name, of the default domain", user, demo],
  ["a user by id", { ...user, OS_USER_ID: "0a74" }, passwordFor({ id: "0a74" })],
  ["gophercloud's OS_USERID", { ...user, OS_USERID: "0a74" }, passwordFor({ id: "0a74" })],
  [
    "a user's domain by name",
    { ...user, OS_USER_DOMAIN_NAME: "research" },
    passwordFor({ name: "demo", domain: { name: "research" } }),
  ],
  [
    "a user's domain by id, which counts before the name",
    { ...user, OS_USER_DOMAIN_ID: "d0", OS_USER_DOMAIN_NAME: "research", OS_DEFAULT_DOMAIN: "d1" },
    passwordFor({ name: "demo", domain: { id: "d0" } }),
  ],
  [
    "another default domain, as the openstack command has it",
    { ...user, OS_DEFAULT_DOMAIN: "d1" },
    passwordFor({ name: "demo", domain: { id: "d1" } }),
  ],
  [
    "another default domain by id, which counts before the name",
    { ...user, OS_DEFAULT_DOMAIN_ID: "d1", OS_DEFAULT_DOMAIN_NAME: "research" },
    passwordFor({ name: "demo", domain: { id: "d1" } }),
  ],
  [
    "another default domain by name",
    { ...user, OS_DEFAULT_DOMAIN_NAME: "research" },
    passwordFor({ name: "demo", domain: { name: "research" } }),
  ],
  ["OS_AUTH_TYPE=password", { ...user, OS_AUTH_TYPE: "password", OS_TOKEN: "t" }, demo],
  ["OS_AUTH_TYPE=v3password", { ...user, OS_AUTH_TYPE: "v3password" }, demo],
  ["a password before a token", { ...user, OS_TOKEN: "gAAAA" }, demo],
  [
    "a password before an application credential",
    { ...user, ...credential, OS_APPLICATION_CREDENTIAL_ID: "c0" },
    demo,
  ],
  [
    "a token",
    { OS_AUTH_URL, OS_TOKEN: secret, OS_USERNAME: "demo" },
    { methods: ["token"], token: { id: secret } },
  ],
  [
    "the old OS_AUTH_TOKEN, beside a password that is not meant",
    { ...user, OS_AUTH_TYPE: "v3token", OS_AUTH_TOKEN: "gAAAA" },
    { methods: ["token"], token: { id: "gAAAA" } },
  ],
  [
    "an application credential by id, beside a user that is not asked for",
    {
      ...user,
      ...credential,
      OS_APPLICATION_CREDENTIAL_ID: "c0",
      OS_AUTH_TYPE: "v3applicationcredential",
    },
    { methods: ["application_credential"], application_credential: { id: "c0", secret } },
  ],
  [
    "an application credential by name and user",
    { ...credential, OS_APPLICATION_CREDENTIAL_NAME: "ci", OS_USERNAME: "demo" },
    {
      methods: ["application_credential"],
      application_credential: { name: "ci", user: { name: "demo", domain: home }, secret },
    },
  ],
];

/** Variables, and the scope that they name. */
const scopes: readonly [object, unknown][] = [
  [{}, undefined],
  [{ OS_PROJECT_DOMAIN_NAME: "research" }, undefined],
  [{ OS_PROJECT_ID: "0a74", OS_PROJECT_NAME: "web" }, { project: { id: "0a74" } }],
  [{ OS_TENANT_ID: "0a74" }, { project: { id: "0a74" } }],
  [{ OS_PROJECT_NAME: "web", OS_TENANT_NAME: "old" }, { project: { name: "web", domain: home } }],
  [{ OS_PROJECT_NAME: "", OS_TENANT_NAME: "web" }, { project: { name: "web", domain: home } }],
  [
    { OS_PROJECT_NAME: "genome", OS_PROJECT_DOMAIN_NAME: "research" },
    { project: { name: "genome", domain: { name: "research" } } },
  ],
  [
    { OS_PROJECT_NAME: "genome", OS_PROJECT_DOMAIN_ID: "d0", OS_USER_DOMAIN_ID: "d1" },
    { project: { name: "genome", domain: { id: "d0" } } },
  ],
  [
    { OS_PROJECT_NAME: "genome", OS_DOMAIN_NAME: "research" },
    { project: { name: "genome", domain: { name: "research" } } },
  ],
  [
    { OS_TENANT_NAME: "genome", OS_DOMAIN_NAME: "d0", OS_PROJECT_DOMAIN_NAME: "research" },
    { project: { name: "genome", domain: { name: "research" } } },
  ],
  // An id counts before a name, wherever it stands: as openstacksdk has it.
  [
    { OS_TENANT_NAME: "genome", OS_DOMAIN_ID: "d0", OS_PROJECT_DOMAIN_NAME: "research" },
    { project: { name: "genome", domain: { id: "d0" } } },
  ],
  [{ OS_PROJECT_ID: "0a74", OS_DOMAIN_ID: "d0" }, { project: { id: "0a74" } }],
  [{ OS_DOMAIN_ID: "d0", OS_DOMAIN_NAME: "research" }, { domain: { id: "d0" } }],
  [{ OS_DOMAIN_NAME: "research" }, { domain: { name: "research" } }],
  [{ OS_SYSTEM_SCOPE: "all", OS_PROJECT_NAME: "" }, { system: { all: true } }],
  [{ OS_TRUST_ID: "0a74" }, { "OS-TRUST:trust": { id: "0a74" } }],
];

/** Variables, and the other options that they give. */
const others: readonly [object, Partial<SessionOptions>][] = [
  [{}, {}],
  [{ OS_REGION_NAME: "RegionTwo" }, { region: "RegionTwo" }],
  [{ OS_REGION_NAME: "RegionTwo,RegionOne" }, { region: "RegionTwo" }],
  [{ OS_INTERFACE: "internal" }, { interface: "internal" }],
  [{ OS_INTERFACE: "adminURL" }, { interface: "admin" }],
  [{ OS_ENDPOINT_TYPE: "publicURL" }, { interface: "public" }],
  [{ OS_INTERFACE: "internal, public" }, { interface: ["internal", "public"] }],
  [{ OS_INTERFACE: "internal", OS_ENDPOINT_TYPE: "publicURL" }, { interface: "public" }],
  [{ OS_API_TIMEOUT: "30" }, { timeout: 30_000 }],
  [{ OS_API_TIMEOUT: "0.5" }, { timeout: 500 }],
  [{ OS_API_TIMEOUT: "30", OS_COMPUTE_TIMEOUT: "7" }, { timeout: 7000 }],
  [{ OS_TEST_TIMEOUT: "0", OS_LOG_TIMEOUT: "0", OS_STDOUT_CAPTURE: "1" }, {}],
  [{ OS_IDENTITY_API_VERSION: "3" }, {}],
  [{ OS_IDENTITY_API_VERSION: "3.14" }, {}],
  [
    {
      OS_COMPUTE_ENDPOINT_OVERRIDE: "https://nova.example/v2.1",
      OS_BLOCK_STORAGE_ENDPOINT_OVERRIDE: "https://cinder.example",
      OS_ENDPOINT_OVERRIDE: "https://not.example",
    },
    {
      endpointOverrides: {
        compute: "https://nova.example/v2.1",
        "block-storage": "https://cinder.example",
      },
    },
  ],
];

/** Variables that are wrong, the one that the error names, and what it says of it. */
const wrong: readonly [object, string, RegExp][] = [
  [{}, "OS_AUTH_URL", /address/],
  [{ OS_CLOUD: "devstack" }, "OS_AUTH_URL", /for OS_CLOUD there is fromClouds\(\)/],
  [{ ...user, OS_AUTH_URL: "" }, "OS_AUTH_URL", /address/],
  [{ ...user, OS_AUTH_URL: `https://demo:${secret}@cloud.example` }, "OS_AUTH_URL", /http/],
  [{ ...user, OS_AUTH_URL: "cloud.example:5000" }, "OS_AUTH_URL", /http/],
  [{ OS_AUTH_URL }, "OS_PASSWORD", /OS_APPLICATION_CREDENTIAL_SECRET, or OS_TOKEN/],
  [{ OS_AUTH_URL, OS_USERNAME: "demo" }, "OS_PASSWORD", /a password/],
  [{ OS_AUTH_URL, OS_PASSWORD: secret }, "OS_USERNAME", /OS_USER_ID/],
  [{ ...user, OS_AUTH_TYPE: "token" }, "OS_TOKEN", /a token/],
  [
    { ...user, OS_AUTH_TYPE: secret },
    "OS_AUTH_TYPE",
    /one of v3password, v3token, v3applicationcredential, v3totp, v3oidcaccesstoken, v3multifactor$/,
  ],
  [{ ...user, OS_AUTH_PLUGIN: "v3kerberos" }, "OS_AUTH_PLUGIN", /v3applicationcredential/],
  [{ ...user, OS_AUTH_TYPE: "constructor" }, "OS_AUTH_TYPE", /v3applicationcredential/],
  [credential, "OS_APPLICATION_CREDENTIAL_ID", /OS_APPLICATION_CREDENTIAL_NAME/],
  [
    { OS_AUTH_URL, OS_APPLICATION_CREDENTIAL_ID: "c0" },
    "OS_APPLICATION_CREDENTIAL_SECRET",
    /secret/,
  ],
  [{ ...credential, OS_APPLICATION_CREDENTIAL_NAME: "ci" }, "OS_USERNAME", /OS_USER_ID/],
  [
    { ...credential, OS_APPLICATION_CREDENTIAL_ID: "c0", OS_PROJECT_NAME: "web" },
    "OS_PROJECT_NAME",
    /OS_PROJECT_NAME: must not be set: .* its own project/,
  ],
  [{ ...user, OS_TENANT_ID: "0a74", OS_TRUST_ID: "d0" }, "OS_TRUST_ID", /beside OS_TENANT_ID/],
  [
    { ...user, OS_DOMAIN_ID: "d0", OS_SYSTEM_SCOPE: "all" },
    "OS_SYSTEM_SCOPE",
    /beside OS_DOMAIN_ID/,
  ],
  [{ ...user, OS_TRUST_ID: "0a74", OS_PROJECT_ID: "0a74" }, "OS_TRUST_ID", /beside OS_PROJECT_ID/],
  [{ ...user, OS_SYSTEM_SCOPE: "some" }, "OS_SYSTEM_SCOPE", /all$/],
  [{ ...user, OS_IDENTITY_API_VERSION: "2.0" }, "OS_IDENTITY_API_VERSION", /3$/],
  [{ ...user, OS_IDENTITY_API_VERSION: "30" }, "OS_IDENTITY_API_VERSION", /3$/],
  [{ ...user, OS_INTERFACE: "intern" }, "OS_INTERFACE", /internal/],
  [{ ...user, OS_ENDPOINT_TYPE: "public,URL" }, "OS_ENDPOINT_TYPE", /internal/],
  [{ ...user, OS_IMAGE_ENDPOINT_OVERRIDE: "glance" }, "OS_IMAGE_ENDPOINT_OVERRIDE", /http/],
  [{ ...user, OS_PASSWORD: { get: secret } }, "OS_PASSWORD", /a string/],
  [{ ...user, OS_PASSWORD: [secret, secret] }, "OS_PASSWORD", /a string/],
  [
    { ...user, OS_AUTH_TYPE: "v3multifactor", OS_AUTH_METHODS: "," },
    "OS_AUTH_METHODS",
    /the methods, as in v3password/,
  ],
  [{ ...user, OS_AUTH_TYPE: "v3multifactor" }, "OS_AUTH_METHODS", /the methods, as in v3password/],
  [
    { ...user, OS_AUTH_TYPE: "v3multifactor", OS_AUTH_METHODS: "v3password,v3kerberos" },
    "OS_AUTH_METHODS",
    /one of v3password/,
  ],
  [{ ...user, OS_API_TIMEOUT: "0" }, "OS_API_TIMEOUT", /seconds/],
  [{ ...user, OS_API_TIMEOUT: "soon" }, "OS_API_TIMEOUT", /seconds/],
  [{ ...user, OS_COMPUTE_TIMEOUT: "-1" }, "OS_COMPUTE_TIMEOUT", /seconds/],
  [{ ...user, OS_AUTH_URL: "https://{region_name}.example/v3" }, "OS_REGION_NAME", /OS_AUTH_URL/],
  [
    { ...user, OS_AUTH_URL: "https://example/{password}" },
    "OS_AUTH_URL",
    /must not have a setting of auth in braces/,
  ],
  [
    { ...user, OS_AUTH_URL: "https://example/{my_token}", OS_MY_TOKEN: secret },
    "OS_AUTH_URL",
    /braces/,
  ],
];

const cases: readonly Case[] = [
  ...identities.map(([name, env, identity]) => ({
    name,
    async run() {
      const options = fromEnv(env);
      assert.equal(options.authUrl, authUrl);
      assert.deepEqual<object>(await requestOf(options), { identity });
    },
  })),
  ...scopes.map(([env, scope]) => ({
    name: `the scope of ${JSON.stringify(env)}`,
    async run() {
      assert.deepEqual((await requestOf(fromEnv({ ...user, ...env }))).scope, scope);
    },
  })),
  ...others.map(([env, options]) => ({
    name: `${JSON.stringify(env)} gives ${JSON.stringify(options)}`,
    run() {
      const { auth, ...rest } = fromEnv({ ...user, ...env });
      assert.isObject(auth);
      assert.deepEqual(rest, { authUrl, ...options });
    },
  })),
  ...wrong.map(([env, variable, expected]) => ({
    name: `${variable} is the name in the error of ${JSON.stringify(env)}: ${expected}`,
    run() {
      assert.throws(
        () => fromEnv(env),
        OptionsError,
        new RegExp(`^${variable}: (expected|must not) `),
      );
      assert.throws(() => fromEnv(env), expected);
      assert.throws(() => fromEnv(env), /^((?!s3cret).)*$/s);
    },
  })),
  {
    name: "a domain beside a project is the user's too, one without is the scope alone",
    async run() {
      const named = { ...user, OS_DOMAIN_NAME: "research", OS_DEFAULT_DOMAIN: "d1" };
      const domain = { name: "research" };
      assert.deepEqual<object>(await requestOf(fromEnv({ ...named, OS_PROJECT_NAME: "genome" })), {
        identity: passwordFor({ name: "demo", domain }),
        scope: { project: { name: "genome", domain } },
      });
      assert.deepEqual<object>(await requestOf(fromEnv(named)), {
        identity: passwordFor({ name: "demo", domain: { id: "d1" } }),
        scope: { domain },
      });
    },
  },
  {
    name: "the region is filled in where the address has it",
    run() {
      const env = {
        ...user,
        OS_AUTH_URL: "https://{region_name}.example/v3",
        OS_REGION_NAME: "two,one",
      };
      assert.equal(fromEnv(env).authUrl, "https://two.example/v3");
    },
  },
  {
    name: "several methods, named with commas, are several methods in that order",
    async run() {
      const env = { ...user, OS_TOKEN: "gAAAA", OS_AUTH_TYPE: "v3multifactor" };
      const sent = await requestOf(fromEnv({ ...env, OS_AUTH_METHODS: "v3password, v3token" }));
      const { password } = demo;
      const identity = { methods: ["password", "token"], password, token: { id: "gAAAA" } };
      assert.deepEqual<object>(sent, { identity });
    },
  },
  {
    name: "what is no object of variables is refused",
    run() {
      for (const env of [undefined, null, secret]) {
        assert.throws(() => fromEnv(env as unknown as object), OptionsError, /^env: expected/);
      }
    },
  },
  {
    name: "spaces and a carriage return around what is no name or secret don't count",
    run() {
      const env = {
        ...user,
        OS_AUTH_URL: ` ${authUrl}\r`,
        OS_REGION_NAME: "one\r",
        OS_INTERFACE: "internal\r",
        OS_IDENTITY_API_VERSION: "3\r",
        OS_AUTH_TYPE: "v3password\r",
      };
      const { authUrl: url, region, interface: wish } = fromEnv(env);
      assert.deepEqual([url, region, wish], [authUrl, "one", "internal"]);
    },
  },
  {
    name: "options that are none are told by name",
    run() {
      const ignored = secret as unknown as () => void;
      assert.throws(
        () => fromEnv(user, { ignored }),
        OptionsError,
        /^ignored: expected a function/,
      );
      assert.equal(fromEnv(user, null as unknown as undefined).authUrl, authUrl);
    },
  },
  {
    name: "nothing but OS_* variables is read",
    run() {
      const env = Object.defineProperty({ ...user }, "TOKENS", {
        enumerable: true,
        value: { toString: () => assert.fail("read") },
      });
      assert.equal(fromEnv(env).authUrl, authUrl);
    },
  },
];

export default cases;
