/** Unused settings are reported: by an error, or to the function that asks for them. */
import { assert } from "chai";
import { fromClouds, fromEnv, type IgnoredSetting } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const secret = "s3cret-w0rd";
const auth = { auth_url: "https://keystone.example/v3", username: "demo", password: secret };
const variables = {
  OS_AUTH_URL: auth.auth_url,
  OS_USERNAME: auth.username,
  OS_PASSWORD: auth.password,
};

function clouds(mine: object, ignored?: (setting: IgnoredSetting) => void) {
  return fromClouds({ clouds: { mine } }, "mine", { ignored });
}

/** What was told, by name. */
function told(read: (ignored: (setting: IgnoredSetting) => void) => unknown): Map<string, string> {
  const found: IgnoredSetting[] = [];
  read((setting) => found.push(setting));
  const reasons = new Map(found.map(({ name, reason }) => [name, reason]));
  assert.equal(reasons.size, found.length, "each is told once");
  return reasons;
}

/** What no fetch can follow, and what to use instead. */
const unusable: readonly [object, name: string, RegExp][] = [
  [{ verify: false }, "verify", /fetch always checks certificates.*NODE_EXTRA_CA_CERTS/],
  [{ verify: "/etc/ca.pem" }, "verify", /DENO_CERT or deno --cert/],
  [{ insecure: true }, "insecure", /a fetch of your own/],
  [{ insecure: "True" }, "insecure", /NODE_EXTRA_CA_CERTS/],
  [{ cacert: "/etc/ca.pem" }, "cacert", /NODE_EXTRA_CA_CERTS/],
  [{ cert: "/c.pem" }, "cert", /a Worker's mTLS binding/],
  [{ key: "/k.pem" }, "key", /a Worker's mTLS binding/],
];

/** A name that is misspelt, and the one that was meant. */
const misspelt: readonly [string, string][] = [
  ["pasword", "auth.password"],
  ["passsword", "auth.password"],
  ["usrname", "auth.username"],
  ["usernmae", "auth.username"],
  ["auth_ulr", "auth.auth_url"],
  ["projet_name", "auth.project_name"],
  ["project_domian_name", "auth.project_domain_name"],
  ["user_domainname", "auth.user_domain_name"],
  ["application_credental_secret", "auth.application_credential_secret"],
  ["regoin_name", "region_name"],
  ["interfaces", "interface"],
  ["compute_endpoint_overide", "compute_endpoint_override"],
  ["object_store_regionname", "object_store_region_name"],
  ["compute_default_microverison", "compute_default_microversion"],
];

/** Names of other tools, not similar to any of ours. */
const others = `cache client networks network image_format floating_ip_source secgroup_source
  force_ipv4 region project user domain tenant cloud_name message status vendor_hook url
  client_config_file shell version name type volume_size key_name keypair image flavor
  protocol_version log_level project_parent_id has_network timing debug
  volume_type compute_flavor image_api_use_tasks service_provider`.split(/\s+/);

const cases: readonly Case[] = [
  ...unusable.map(([beside, name, instead]) => ({
    name: `${JSON.stringify(beside)} is an error, or told`,
    run() {
      const mine = { auth, ...beside };
      assert.throws(() => clouds(mine), OptionsError, `clouds.mine.${name}: `);
      assert.throws(() => clouds(mine), /: (expected (true|false)|must not be set): /);
      assert.throws(() => clouds(mine), instead);
      const reasons = told((ignored) => clouds(mine, ignored));
      assert.deepEqual([...reasons.keys()], [`clouds.mine.${name}`]);
      assert.match(reasons.get(`clouds.mine.${name}`) ?? "", instead);
      const variable = `OS_${name.toUpperCase()}`;
      const env = { ...variables, [variable]: String(Object.values(beside)[0]) };
      assert.throws(() => fromEnv(env), OptionsError, `${variable}: `);
      assert.deepEqual([...told((ignored) => fromEnv(env, { ignored })).keys()], [variable]);
    },
  })),
  ...misspelt.map(([name, meant]) => ({
    name: `${name} is an error, or told, with ${meant}`,
    run() {
      const mine = { auth: { ...auth, [name]: secret } };
      const words = `clouds.mine.auth.${name}: expected the name of a setting; did you mean clouds.mine.${meant}?`;
      assert.throws(() => clouds(mine), OptionsError, words);
      const reasons = told((ignored) => clouds(mine, ignored));
      assert.deepEqual(
        [...reasons],
        [[`clouds.mine.auth.${name}`, `unknown; did you mean clouds.mine.${meant}?`]],
      );
    },
  })),
  {
    name: "a misspelt secret is told before the missing one",
    run() {
      const env = { OS_AUTH_URL: auth.auth_url, OS_USERNAME: "demo", OS_PASWORD: secret };
      assert.throws(() => fromEnv(env), /^OS_PASWORD: expected .*; did you mean OS_PASSWORD\?$/);
      assert.throws(() => fromEnv(env), /^((?!s3cret).)*$/s);
      assert.throws(() => fromEnv(env, { ignored() {} }), /^OS_PASSWORD: expected/);
    },
  },
  {
    name: "what says no more than fetch does anyway is not told",
    run() {
      for (const beside of [
        { verify: true },
        { verify: "true" },
        { insecure: false },
        { insecure: "False" },
        { insecure: "" },
        { cacert: null },
      ]) {
        clouds({ auth, ...beside });
        assert.equal(told((ignored) => clouds({ auth, ...beside }, ignored)).size, 0);
      }
    },
  },
  {
    name: "names of other tools are no errors, and told",
    run() {
      const beside = Object.fromEntries(others.map((name) => [name, [{ any: "value" }]]));
      clouds({ ...beside, auth });
      const reasons = told((ignored) => clouds({ ...beside, auth }, ignored));
      const expected = others.filter((name) => !/^(message|status)$/.test(name));
      assert.sameMembers(
        [...reasons.keys()],
        expected.map((name) => `clouds.mine.${name}`),
      );
      assert.deepEqual([...new Set(reasons.values())], ["not used by keystone-fetch"]);
    },
  },
  {
    name: "what the login does not need is told",
    run() {
      const env = { ...variables, OS_USER_ID: "0a74", OS_TOKEN: "t", OS_PROJECT_DOMAIN_ID: "d" };
      assert.deepEqual(
        [...told((ignored) => fromEnv(env, { ignored }))],
        [
          ["OS_USERNAME", "not needed beside the other settings"],
          ["OS_TOKEN", "not needed beside the other settings"],
          ["OS_PROJECT_DOMAIN_ID", "not needed beside the other settings"],
        ],
      );
    },
  },
  {
    name: "a profile that nobody has is told, what a profile sets for other tools is not",
    run() {
      const reasons = told((ignored) => clouds({ auth, profile: "nobody's" }, ignored));
      assert.deepEqual([...reasons.keys()], ["clouds.mine.profile"]);
      assert.match(reasons.get("clouds.mine.profile") ?? "", /the option profiles/);
      const profiles = { "public-clouds": { vendor: { image_format: "raw", auth } } };
      const mine = { profile: "vendor" };
      const read = (ignored: (setting: IgnoredSetting) => void) =>
        fromClouds({ clouds: { mine } }, "mine", { profiles, ignored });
      assert.equal(told(read).size, 0);
    },
  },
  {
    name: "no secret is in what is told",
    run() {
      const mine = { auth: { ...auth, token: secret, pasword: secret }, cert: secret, x: secret };
      const found: IgnoredSetting[] = [];
      clouds(mine, (setting) => found.push(setting));
      assert.equal(found.length, 4);
      assert.notInclude(JSON.stringify(found), secret);
    },
  },
];

export default cases;
