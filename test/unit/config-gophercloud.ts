/**
 * The clouds and variables of gophercloud/utils' own tests (fixtures/config/gophercloud.json): who
 * logs in where, and in which scope.
 */
import { assert } from "chai";
import { authRequest, readMethods } from "../../src/auth/auth-request.ts";
import type { EndpointInterface } from "../../src/catalog/endpoint-query.ts";
import { fromClouds, fromEnv } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { SessionOptions } from "../../src/session/options.ts";
import type { Case } from "../case.ts";
import recorded from "../fixtures/config/gophercloud.json";

const home = { id: "default" };
const project = (domain: object) => ({ project: { name: "Some Project", domain } });
const user = (domain: object) => ({ user: { name: "jdoe", domain, password: "password" } });
const some = { name: "Some Domain" };
const small = { name: "default" };

/** What is sent: as recorded, except that a missing domain is the default one. */
const expected: Readonly<Record<string, { method: object; scope?: object }>> = {
  virginia: {
    method: { application_credential: { id: "app-cred-id", secret: "secret" } },
  },
  hawaii: { method: { password: user(small) }, scope: project(small) },
  florida: { method: { password: user({ id: "abcde" }) }, scope: { project: { id: "12345" } } },
  california: { method: { password: user(small) }, scope: project(small) },
  arizona: { method: { token: { id: "12345" } }, scope: project(small) },
  newmexico: { method: { password: user({ name: "Other Domain" }) }, scope: project(some) },
  nevada: {
    method: { password: { user: { id: "12345", password: "password" } } },
    scope: project(some),
  },
  texas: { method: { password: user(some) }, scope: project(home) },
  philadelphia: {
    method: { password: { user: { name: "admin", domain: home, password: "password" } } },
    scope: project(home),
  },
  philadelphia_complex: { method: { password: user(home) }, scope: project(home) },
  disconnected_clouds: { method: { password: user(home) }, scope: project(home) },
  chicago: { method: { password: user(home) }, scope: project(home) },
};

/** Whose login is the same as another's. */
const alike: Readonly<Record<string, string>> = {
  florida_insecure: "florida",
  florida_secure: "florida",
  chicago_legacy: "chicago",
};

/** Identity v2, which is not supported here: recognized by a name, or from the server. */
const old = { variables: ["alberta", "yukon"], clouds: ["yukon"] };

/** Where a region has an address of its own. */
const addresses: readonly [cloud: string, region: string | undefined, authUrl: string][] = [
  ["philadelphia_complex", undefined, "https://phl1.example.com:5000/v3"],
  ["philadelphia_complex", "PHL1", "https://phl1.example.com:5000/v3"],
  ["philadelphia_complex", "PHL2", "https://phl.example.com:5000/v3"],
  ["disconnected_clouds", "SOMEWHERE", "https://somewhere.example.com:5000/v3"],
  ["disconnected_clouds", "ANYWHERE", "https://anywhere.example.com:5000/v3"],
  ["disconnected_clouds", "NOWHERE", "https://nowhere.example.com:5000/v3"],
  ["chicago", undefined, "https://identity.api.rackspacecloud.com/v2.0/"],
  ["chicago_useprofile", undefined, "https://identity.api.rackspacecloud.com/v2.0/"],
];

const interfaces: Readonly<Record<string, EndpointInterface>> = {
  california: "internal",
  newmexico: "admin",
  // Of `interface` and `endpoint_type`, the latter counts.
  nevada: "internal",
};

function read(cloud: string, region?: string): SessionOptions {
  const { clouds, secure, profiles } = recorded;
  return fromClouds(clouds, cloud, { secure, profiles, region, ignored() {} });
}

async function assertLogin(options: SessionOptions, name: string): Promise<void> {
  const { method = {}, scope } = expected[alike[name] ?? name] ?? assert.fail(`${name}: unknown`);
  const methods = Object.keys(method);
  const identity = { methods, ...method };
  const sent = await authRequest(readMethods(options.auth), options.scope);
  assert.deepEqual(sent, { auth: { identity, ...(scope && { scope }) } });
}

const cases: readonly Case[] = [
  ...Object.entries(recorded.variables).map(([name, env]) => ({
    name: `variables of ${name}`,
    async run() {
      if (!old.variables.includes(name)) {
        await assertLogin(fromEnv(env), name);
        return;
      }
      assert.throws(() => fromEnv(env), OptionsError, /^OS_IDENTITY_API_VERSION: expected 3$/);
    },
  })),
  ...Object.keys(recorded.clouds.clouds).map((name) => ({
    name: `cloud ${name}`,
    async run() {
      if (old.clouds.includes(name)) {
        assert.throws(() => read(name), OptionsError, /auth_type: expected one of v3password/);
        return;
      }
      if (name in interfaces) assert.equal(read(name).interface, interfaces[name]);
      // v2 is in alberta's address alone, which the server is asked about.
      if (name !== "alberta" && name !== "chicago_useprofile") await assertLogin(read(name), name);
    },
  })),
  ...addresses.map(([cloud, region, authUrl]) => ({
    name: `the address of ${cloud}, region ${region ?? "by default"}`,
    run() {
      assert.equal(read(cloud, region).authUrl, authUrl);
    },
  })),
];

export default cases;
