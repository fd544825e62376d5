/** From a parsed clouds.yaml to the options of a session. */
import { assert } from "chai";
import { authRequest, readMethods } from "../../src/auth/auth-request.ts";
import { type CloudsOptions, fromClouds } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const secret = "s3cret-w0rd";
const auth_url = "https://cloud.example/v3";
const auth = { auth_url, username: "demo", password: secret };
const home = { id: "default" };
const web = { project: { name: "web", domain: home } };
const demo = { user: { name: "demo", domain: home, password: secret } };

/** A clouds-public.yaml with one provider. */
const vendor = (profile: object) => ({
  "public-clouds": { vendor: { auth: { auth_url }, ...profile } },
});

/** A cloud's entry, what is given with it, and what comes of it. */
const good: readonly [string, object, CloudsOptions, object][] = [
  ["the least", { auth }, {}, {}],
  ["a project", { auth: { ...auth, project_name: "web" } }, {}, { scope: web }],
  ["an old name", { auth: { ...auth, tenant_name: "web" } }, {}, { scope: web }],
  ["a name with hyphens", { auth: { ...auth, "project-name": "web" } }, {}, { scope: web }],
  [
    "a project beside auth, which counts before the one in it",
    { auth: { ...auth, project_name: "data" }, "project-name": "web" },
    {},
    { scope: web },
  ],
  [
    "a user beside auth, which counts after the one in it",
    { auth, username: "other", password: "other" },
    {},
    {},
  ],
  [
    "a user and a secret beside auth alone",
    { auth: { auth_url }, username: "demo", password: secret },
    {},
    {},
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
    "a merge key that the parser left, under what the cloud itself has",
    {
      "<<": { auth: {}, region_name: "RegionOne", interface: "internal" },
      auth,
      interface: "admin",
    },
    {},
    { region: "RegionOne", interface: "admin" },
  ],
  [
    "a list of merge keys, of which the first counts most, also within auth",
    {
      "<<": [
        { region_name: "RegionOne" },
        { "<<": { interface: "admin" }, region_name: "RegionTwo" },
      ],
      auth: { "<<": auth, project_name: "web" },
    },
    {},
    { region: "RegionOne", interface: "admin", scope: web },
  ],
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
    "the first of several names in region_name",
    { auth, region_name: ["RegionTwo", "RegionOne"] },
    {},
    { region: "RegionTwo" },
  ],
  [
    "another of several names in region_name",
    { auth, region_name: "RegionTwo,RegionOne" },
    { region: "RegionOne" },
    { region: "RegionOne" },
  ],
  [
    "another region than the one that is usual",
    { auth, region_name: "RegionTwo" },
    { region: "RegionThree" },
    { region: "RegionThree" },
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
    "the first region of a profile, with its own values",
    { profile: "vendor", auth: { username: "demo", password: secret } },
    { profiles: vendor({ regions: [{ name: "V", values: { interface: "admin" } }, "W"] }) },
    { region: "V", interface: "admin" },
  ],
  [
    "a region that is younger than the profile",
    { profile: "vendor", auth: { username: "demo", password: secret }, region_name: "New" },
    { profiles: vendor({ regions: ["V"] }) },
    { region: "New" },
  ],
  [
    "a region of the cloud's own, with the profile's values for it",
    { profile: "vendor", auth: { username: "demo", password: secret }, region_name: "W" },
    { profiles: vendor({ regions: ["V", { name: "W", values: { interface: "admin" } }] }) },
    { region: "W", interface: "admin" },
  ],
  [
    "a profile that is another's second name",
    { profile: "second", auth: { username: "demo", password: secret } },
    {
      profiles: {
        "public-clouds": { ...vendor({})["public-clouds"], second: { profile: "vendor" } },
      },
    },
    {},
  ],
  ["a profile that nobody has, beside all that is needed", { auth, profile: "nobody's" }, {}, {}],
  ["a profile that is the cloud itself", { auth, cloud: "mine" }, {}, {}],
  [
    "a profile of a cloud that was shut down, beside all that is needed",
    { auth, profile: "vendor" },
    { profiles: vendor({ status: "shutdown", region_name: "V" }) },
    {},
  ],
  ["a timeout in seconds", { auth, api_timeout: 2.5 }, {}, { timeout: 2500 }],
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
  [{ auth: { ...auth, password: [secret] } }, "clouds.mine.auth.password", /a string, in quotes/],
  [{ auth, regions: [{ name: "One", foo: 1 }] }, "clouds.mine.regions", /\{ name, values \}/],
  [{ auth, regions: [{ values: {} }] }, "clouds.mine.regions", /\{ name, values \}/],
  [{ auth, api_timeout: 1e9 }, "clouds.mine.api_timeout", /seconds/],
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
    /one of those in clouds.mine.regions$/,
  ],
  [{ auth, region_name: [{}] }, "clouds.mine.region_name", /a string/],
  [{ auth, region_name: {}, regions: ["One"] }, "clouds.mine.region_name", /a string/],
  [{ auth, regions: [{ name: { toString: secret } }] }, "clouds.mine.regions", /a string/],
  [
    { auth: { username: "demo" }, profile: "vendor" },
    "clouds.mine.profile",
    /in the option profiles; keystone-fetch\/config\/vendors has some$/,
  ],
  [{ auth, profile: { toString: secret } }, "clouds.mine.profile", /a string/],
  [{ auth, image_endpoint_override: secret }, "clouds.mine.image_endpoint_override", /http/],
];

const cases: readonly Case[] = [
  ...good.map(([name, mine, given, expected]) => ({
    name,
    async run() {
      const { auth: method, ...options } = fromClouds({ clouds: { mine } }, "mine", given);
      assert.deepEqual(options, { authUrl: auth_url, ...expected });
      assert.deepEqual(await authRequest(readMethods(method), undefined), {
        auth: { identity: { methods: ["password"], password: demo } },
      });
    },
  })),
  ...wrong.map(([mine, place, expected]) => ({
    name: `${place} is named in ${JSON.stringify(mine)}`,
    run() {
      const read = () => fromClouds({ clouds: { mine } }, "mine");
      assert.throws(read, OptionsError);
      assert.throws(read, new RegExp(`^${place.replaceAll(".", "\\.")}: (expected|must not) `));
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
        assert.throws(
          read,
          OptionsError,
          /^name: expected one of the clouds in this file: one, two$/,
        );
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
      const mine = { auth: { username: "demo", password: secret } };
      const profiles = vendor({ regions: ["One", "Two"] });
      for (const [cloud, options, list] of [
        [{ auth, regions: ["One", { name: "Two" }] }, {}, "clouds.cloud.regions"],
        [{ auth, region_name: ["One", "Two"] }, {}, "clouds.cloud.region_name"],
        [{ ...mine, profile: "vendor" }, { profiles }, "public-clouds.vendor.regions"],
      ] as const) {
        const asked = { ...options, region: "Three" };
        const read = () => fromClouds({ clouds: { cloud } }, "cloud", asked);
        assert.throws(read, OptionsError, `region: expected one of those in ${list}`);
      }
    },
  },
  {
    name: "a mistake in a profile is named there",
    run() {
      const mine = { profile: "vendor", auth: { username: "demo", password: secret } };
      const profiles = vendor({ identity_api_version: "2" });
      const read = () => fromClouds({ clouds: { mine } }, "mine", { profiles });
      assert.throws(read, /^public-clouds\.vendor\.identity_api_version: expected 3$/);
    },
  },
  {
    name: "a cloud that was shut down is an error where the profile is all that there is",
    run() {
      const mine = { profile: "vendor", auth: { username: "demo", password: secret } };
      const profiles = vendor({ status: "shutdown" });
      const read = () => fromClouds({ clouds: { mine } }, "mine", { profiles });
      assert.throws(read, /^clouds\.mine\.profile: expected a cloud that was not shut down$/);
    },
  },
];

export default cases;
