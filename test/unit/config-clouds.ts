/** From a parsed clouds.yaml to the options of a session. */
import { assert } from "chai";
import { authRequest } from "../../src/auth/request.ts";
import { type CloudsOptions, fromClouds } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const secret = "s3cret-w0rd";
const auth_url = "https://cloud.example/v3";
const auth = { auth_url, username: "demo", password: secret };
const home = { id: "default" };
const web = { project: { name: "web", domain: home } };
const demo = { user: { name: "demo", domain: home, password: secret } };

/** A cloud's entry, what is given with it, and what comes of it. */
const good: readonly [string, object, CloudsOptions, object][] = [
  ["the least", { auth }, {}, {}],
  ["a project", { auth: { ...auth, project_name: "web" } }, {}, { scope: web }],
  ["an old name", { auth: { ...auth, tenant_name: "web" } }, {}, { scope: web }],
  ["a name with hyphens", { auth: { ...auth, "project-name": "web" } }, {}, { scope: web }],
  [
    "a name beside auth, which counts before the one in it",
    { auth: { ...auth, project_name: "data" }, project_name: "web" },
    {},
    { scope: web },
  ],
  [
    "a name that YAML reads as a number",
    { auth: { ...auth, project_name: 2026 }, identity_api_version: 3 },
    {},
    { scope: { project: { name: "2026", domain: home } } },
  ],
  ["nothing for null", { auth: { ...auth, project_name: null }, region_name: null }, {}, {}],
  [
    "nothing for an empty text, which hides nothing either",
    { auth: { ...auth, project_name: "web" }, project_name: "", tenant_name: "" },
    {},
    { scope: web },
  ],
  ["a region", { auth, region_name: "RegionOne" }, {}, { region: "RegionOne" }],
  [
    "the first of several regions",
    { auth, regions: ["RegionOne", "RegionTwo"] },
    {},
    { region: "RegionOne" },
  ],
  [
    "the region that is usual",
    { auth, region_name: "RegionTwo", regions: ["RegionOne", { name: "RegionTwo" }] },
    {},
    { region: "RegionTwo" },
  ],
  [
    "a region that is asked for, with its own values",
    {
      auth: { ...auth, project_name: "data" },
      region_name: "RegionOne",
      regions: [
        "RegionOne",
        { name: "RegionTwo", values: { auth: { project_name: "web" }, interface: "admin" } },
      ],
    },
    { region: "RegionTwo" },
    { region: "RegionTwo", interface: "admin", scope: web },
  ],
  [
    "a region that YAML reads as a number",
    { auth, regions: [1, { name: 2, values: { interface: "admin" } }] },
    { region: "2" },
    { region: "2", interface: "admin" },
  ],
  [
    "an address with the region in it",
    { auth: { ...auth, auth_url: "https://{region_name}.cloud.example/v3" }, region_name: "two" },
    {},
    { authUrl: "https://two.cloud.example/v3", region: "two" },
  ],
  ["an interface", { auth, interface: "internal" }, {}, { interface: "internal" }],
  ["an old one", { auth, endpoint_type: "internalURL" }, {}, { interface: "internal" }],
  [
    "several",
    { auth, interface: ["internal", "public"] },
    {},
    { interface: ["internal", "public"] },
  ],
  [
    "addresses of services",
    { auth, compute_endpoint_override: auth_url, "object-store_endpoint_override": auth_url },
    {},
    { endpointOverrides: { compute: auth_url, "object-store": auth_url } },
  ],
  [
    "a secure.yaml, laid over it",
    { auth: { auth_url, username: "demo", password: "old" } },
    {
      secure: {
        clouds: { mine: { auth: { password: secret } }, other: { auth: { user_id: "x" } } },
      },
    },
    {},
  ],
  [
    "a profile, under it",
    { profile: "vendor", auth: { username: "demo", password: secret }, interface: "admin" },
    {
      profiles: {
        "public-clouds": { vendor: { auth: { auth_url }, interface: "public", region_name: "V" } },
      },
    },
    { interface: "admin", region: "V" },
  ],
  [
    "a profile by its old name",
    { cloud: "vendor", auth: { username: "demo", password: secret } },
    { profiles: { "public-clouds": { vendor: { auth: { auth_url } } } } },
    {},
  ],
];

/** An entry that is wrong, the place that the error names, and what it says. */
const wrong: readonly [object | null, string, RegExp][] = [
  [null, "clouds.mine.auth.auth_url", /address/],
  [{ auth: secret }, "clouds.mine.auth.auth_url", /address/],
  [{ auth: { ...auth, username: "" } }, "clouds.mine.auth.username", /clouds.mine.auth.user_id/],
  [{ auth: { auth_url, username: "demo" } }, "clouds.mine.auth.password", /a password, or clouds/],
  [{ auth, auth_type: "v3oidcpassword" }, "clouds.mine.auth_type", /v3applicationcredential/],
  [{ auth, auth_type: "v3token" }, "clouds.mine.auth.token", /a token/],
  [{ auth: { ...auth, password: { secret } } }, "clouds.mine.auth.password", /a string, in quotes/],
  [{ auth: { ...auth, project_id: 1.2e31 } }, "clouds.mine.auth.project_id", /a string, in quotes/],
  [{ auth: { ...auth, password: true } }, "clouds.mine.auth.password", /a string, in quotes/],
  [
    { auth: { ...auth, "project-name": "web" }, trust_id: "0a74" },
    "clouds.mine.trust_id",
    /beside clouds.mine.auth.project-name:/,
  ],
  [{ auth, identity_api_version: 2 }, "clouds.mine.identity_api_version", /3$/],
  [{ auth, interface: ["public", secret] }, "clouds.mine.interface", /internal/],
  [
    { auth, region_name: "Two", regions: ["One"] },
    "clouds.mine.region_name",
    /clouds.mine.regions$/,
  ],
  [{ auth, region_name: [{}] }, "clouds.mine.region_name", /a string/],
  [{ auth, region_name: {}, regions: ["One"] }, "clouds.mine.region_name", /a string/],
  [{ auth, regions: [{ name: { toString: secret } }] }, "clouds.mine.regions", /a string/],
  [{ auth, profile: "vendor" }, "clouds.mine.profile", /clouds-public/],
  [{ auth, profile: { toString: secret } }, "clouds.mine.profile", /a string/],
  [{ auth, image_endpoint_override: secret }, "clouds.mine.image_endpoint_override", /http/],
];

const cases: readonly Case[] = [
  ...good.map(([name, mine, given, expected]) => ({
    name,
    run() {
      const { auth: method, ...options } = fromClouds({ clouds: { mine } }, "mine", given);
      assert.deepEqual(options, { authUrl: auth_url, ...expected });
      assert.deepEqual(authRequest([method ?? []].flat()), {
        auth: { identity: { methods: ["password"], password: demo } },
      });
    },
  })),
  ...wrong.map(([mine, place, expected]) => ({
    name: `${place} is named in ${JSON.stringify(mine)}`,
    run() {
      const read = () => fromClouds({ clouds: { mine } }, "mine");
      assert.throws(read, OptionsError);
      assert.throws(read, new RegExp(`^${place.replaceAll(".", "\\.")}: expected `));
      assert.throws(read, expected);
      assert.throws(read, /^((?!s3cret).)*$/s);
    },
  })),
  {
    name: "the clouds that there are are told, the wrong name is not",
    run() {
      const file = { clouds: { one: {}, two: {} } };
      for (const name of ["three", "constructor", undefined]) {
        const read = () => fromClouds(file, name as string);
        assert.throws(read, OptionsError, /^name: expected a cloud of this file: one, two$/);
      }
    },
  },
  {
    name: "what is no parsed clouds.yaml is refused",
    run() {
      for (const parsed of [undefined, null, `clouds: { mine: ${secret} }`, { clouds: null }, []]) {
        const read = () => fromClouds(parsed, "mine");
        assert.throws(read, OptionsError, /^clouds: expected a clouds\.yaml, parsed$/);
      }
    },
  },
  {
    name: "a region that is asked for must be one of those listed",
    run() {
      const file = { clouds: { mine: { auth, regions: ["One", { name: "Two" }] } } };
      const read = () => fromClouds(file, "mine", { region: "Three" });
      assert.throws(read, OptionsError, /^region: expected one of those in clouds\.mine\.regions$/);
    },
  },
];

export default cases;
