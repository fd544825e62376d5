/** What is configured for one service alone. */
import { assert } from "chai";
import type { ServiceDefaults } from "../../src/catalog/endpoint-query.ts";
import { fromClouds, fromEnv } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { Case } from "../case.ts";
import authority from "../fixtures/service-types.json";

const auth = {
  auth_url: "https://keystone.example/v3",
  username: "demo",
  password: "s3cret-w0rd",
};

function read(beside: object) {
  return fromClouds({ clouds: { mine: { auth, ...beside } } }, "mine");
}

/** What stands beside auth, and what comes of it. */
const good: readonly [object, Record<string, ServiceDefaults>][] = [
  [{ object_store_region_name: "GRA" }, { "object-store": { region: "GRA" } }],
  [{ "object-store-region-name": "GRA" }, { "object-store": { region: "GRA" } }],
  [{ compute_interface: "internal" }, { compute: { interface: "internal" } }],
  [{ compute_endpoint_type: "internalURL" }, { compute: { interface: "internal" } }],
  [
    { compute_interface: ["internal", "public"] },
    { compute: { interface: ["internal", "public"] } },
  ],
  [{ compute_service_name: "nova-cells" }, { compute: { name: "nova-cells" } }],
  [{ database_service_type: "rax:database" }, { database: { type: "rax:database" } }],
  [{ volume_service_type: "volumev2" }, { volume: { type: "volumev2" } }],
  [{ volume_service_type: "block-storage" }, { volume: { type: "block-storage" } }],
  [{ block_storage_api_version: 3 }, { "block-storage": { version: "3" } }],
  [{ network_api_version: "v2.0" }, { network: { version: "2.0" } }],
  [{ compute_api_version: "2.87" }, { compute: { version: "2", microversion: "2.87" } }],
  [
    { compute_api_version: "2.1", compute_default_microversion: "2.1" },
    { compute: { version: "2", microversion: "2.1" } },
  ],
  [
    { compute_api_version: "2", compute_default_microversion: 2.87 },
    { compute: { version: "2", microversion: "2.87" } },
  ],
  [{ identity_interface: "admin" }, { identity: { interface: "admin" } }],
  [
    { dns_region_name: "One", dns_interface: "admin", image_region_name: "Two" },
    { dns: { region: "One", interface: "admin" }, image: { region: "Two" } },
  ],
];

/** Names that only look so, and words that say nothing. */
const without: readonly object[] = [
  { identity_api_version: 3 },
  { compute_api_version: "latest" },
  { compute_region_name: "" },
  { access_token_endpoint: "https://idp.example/token" },
  { discovery_endpoint: "https://idp.example" },
];

/** What is wrong, its name, and what is said of it. */
const wrong: readonly [object, string, RegExp][] = [
  [{ compute_interface: "intern" }, "compute_interface", /public, internal or admin/],
  [{ compute_region_name: {} }, "compute_region_name", /a string/],
  [{ compute_endpoint: "nova" }, "compute_endpoint", /http/],
  [
    { compute_endpoint_override: "https://nova.example/%(projectid)s" },
    "compute_endpoint_override",
    /%\(project_id\)s, .*, not %\(projectid\)s/,
  ],
  [{ compute_default_microversion: "newest" }, "compute_default_microversion", /"latest"/],
  [{ compute_endpoint_override: "ftp://nova" }, "compute_endpoint_override", /http/],
  [
    { compute_endpoint: "https://nova/{username}" },
    "compute_endpoint",
    /must not have a setting of auth/,
  ],
  [{ compute_endpoint: "https://nova/{region_name}" }, "region_name", /compute_endpoint/],
  [{ compute_service_type: "object-store" }, "compute_service_type", /a type of compute/],
  [{ image_service_type: "volumev3" }, "image_service_type", /a type of image/],
  [
    { compute_api_version: "2.1", compute_default_microversion: "2.87" },
    "compute_default_microversion",
    /the same as clouds.mine.compute_api_version/,
  ],
];

const cases: readonly Case[] = [
  ...good.map(([beside, services]) => ({
    name: `${JSON.stringify(beside)} is for that service alone`,
    run() {
      assert.deepEqual(read(beside).services, services);
    },
  })),
  ...without.map((beside) => ({
    name: `${JSON.stringify(beside)} is for no service alone`,
    run() {
      assert.doesNotHaveAnyKeys(read(beside), ["services", "endpointOverrides"]);
    },
  })),
  ...wrong.map(([beside, name, expected]) => ({
    name: `clouds.mine.${name} is named in ${JSON.stringify(beside)}`,
    run() {
      assert.throws(() => read(beside), OptionsError, `clouds.mine.${name}: `);
      assert.throws(() => read(beside), /: (expected|must not) /);
      assert.throws(() => read(beside), expected);
    },
  })),
  {
    name: "variables say the same",
    run() {
      const options = fromEnv({
        OS_AUTH_URL: auth.auth_url,
        OS_TOKEN: "gAAAA",
        OS_OBJECT_STORE_REGION_NAME: "GRA",
        OS_COMPUTE_ENDPOINT: "https://nova.example",
      });
      assert.deepEqual(options.services, { "object-store": { region: "GRA" } });
      assert.deepEqual(options.endpointOverrides, { compute: "https://nova.example" });
    },
  },
  {
    name: "an address: an override counts first, the region is filled in, what a token tells stays",
    run() {
      const { endpointOverrides } = read({
        region_name: "One",
        compute_endpoint: "https://old.example",
        compute_endpoint_override: "https://nova.{region_name}.example/v2.1",
        object_store_endpoint: "https://swift.example/v1/AUTH_%(project_id)s",
        volume_endpoint_override: "https://cinder.example/v3/$(tenant_id)s",
      });
      assert.deepEqual(endpointOverrides, {
        compute: "https://nova.One.example/v2.1",
        "object-store": "https://swift.example/v1/AUTH_%(project_id)s",
        volume: "https://cinder.example/v3/$(tenant_id)s",
      });
    },
  },
  {
    name: "a service's type is none of another's official ones, and may be any other word",
    run() {
      for (const type of authority.types) {
        if (type === "compute") continue;
        assert.throws(() => read({ compute_service_type: type }), /a type of compute/, type);
      }
      assert.deepEqual(read({ compute_service_type: "own" }).services, {
        compute: { type: "own" },
      });
    },
  },
];

export default cases;
