/** Lookups in odd catalogs: aliases, versions, regions, interfaces, and what is not there. */
import { assert } from "chai";
import { type Catalog, regions, serviceTypes } from "../../src/catalog/catalog.ts";
import type { EndpointQuery } from "../../src/catalog/endpoint-query.ts";
import { findEndpoint } from "../../src/catalog/find-endpoint.ts";
import { EndpointNotFoundError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

/** A catalog from lines such as "compute nova public RegionOne https://…"; "-" is a null region. */
function catalog(...lines: string[]): Catalog {
  return lines.map((line, index) => {
    const [type = "", name = "", face = "", region = "", url = ""] = line.split(" ");
    const endpoint = {
      id: `${index}`,
      interface: face,
      region: region === "-" ? null : region,
      url,
    };
    return { id: `s${index}`, type, name, endpoints: face ? [endpoint] : [] };
  });
}

const id = "63a0c8979d3a4aabb44c0dad4ff92650";

const cinder = catalog(
  `volume cinder public one https://c.example/v1/${id}`,
  `volumev2 cinderv2 public one https://c.example/v2/${id}`,
  `volumev3 cinderv3 public one https://c.example/v3/${id}`,
);
const official = catalog(
  `block-storage cinder public one https://c.example/v2/${id}`,
  `block-storage cinder public one https://c.example/v3/${id}`,
);
const plain = catalog("block-storage cinder public one https://c.example");
const both = catalog(
  "shared-file-system manila public one https://official.example",
  "sharev2 manila public one https://alias.example/v2",
);
const places = catalog(
  "image glance public two https://two.example",
  "image glance internal one http://one.internal",
  "image glance public one https://one.example",
  "image other public one https://other.example",
  "dns designate public * https://dns.example",
  "key-manager barbican public - https://null.example",
  "object-store swift",
);
const versions = catalog(
  `compute nova public one https://n.example/v2/${id}`,
  `compute nova public one https://n.example/v2.1/${id}`,
  "compute nova public one https://n.example/v20",
);

/** A catalog, what is asked of it, and what is found. */
const found: readonly [Catalog, string | EndpointQuery, string][] = [
  // The official type takes the newest alias; an alias takes itself, else the official type.
  [cinder, "block-storage", `https://c.example/v3/${id}`],
  [cinder, { type: "block-storage", version: 2 }, `https://c.example/v2/${id}`],
  [cinder, "volumev2", `https://c.example/v2/${id}`],
  [cinder, "volume", `https://c.example/v1/${id}`],
  [official, "block-storage", `https://c.example/v2/${id}`],
  [official, "volumev3", `https://c.example/v3/${id}`],
  [official, "volumev2", `https://c.example/v2/${id}`],
  [plain, "volumev3", "https://c.example"],
  [plain, { type: "volume", version: 3 }, "https://c.example"],
  [both, "shared-file-system", "https://official.example"],
  [both, "sharev2", "https://alias.example/v2"],
  [both, { type: "share", version: 2 }, "https://official.example"],
  [places, { type: "image", region: "one" }, "https://one.example"],
  [places, { type: "image", region: "one", interface: "internal" }, "http://one.internal"],
  [
    places,
    { type: "image", region: "two", interface: ["internal", "public"] },
    "https://two.example",
  ],
  [places, { type: "image", interface: ["admin", "internal", "public"] }, "http://one.internal"],
  [places, { type: "image", name: "other" }, "https://other.example"],
  [places, { type: "dns", region: "anywhere" }, "https://dns.example"],
  [places, "key-manager", "https://null.example"],
  // What belongs to no region serves all.
  [places, { type: "key-manager", region: "one" }, "https://null.example"],
  [versions, { type: "compute", version: 2.1 }, `https://n.example/v2.1/${id}`],
  [versions, { type: "compute", version: "v20" }, "https://n.example/v20"],
];

const missing: readonly [Catalog, string | EndpointQuery][] = [
  [[], "compute"],
  [cinder, "volumev4"],
  [official, { type: "block-storage", version: 1 }],
  [catalog("volumev2 cinder public one https://c.example/v2"), "volumev3"],
  [catalog("block-storage cinder public one https://c.example/v2"), "volumev3"],
  [places, "object-store"],
  [places, { type: "image", region: "three" }],
  [places, { type: "image", interface: "admin" }],
  [places, { type: "image", name: "glance", region: "two", interface: "internal" }],
  [versions, { type: "compute", version: 3 }],
];

const cases: readonly Case[] = [
  ...found.map(([where, query, url], index) => ({
    name: `${JSON.stringify(query)} is found (${index})`,
    run() {
      assert.equal(findEndpoint(where, query).url, url);
    },
  })),
  ...missing.map(([where, query], index) => ({
    name: `${JSON.stringify(query)} is not found (${index}), and the error says what there is`,
    run() {
      let error: unknown;
      try {
        findEndpoint(where, query);
      } catch (thrown) {
        error = thrown;
      }
      assert.instanceOf(error, EndpointNotFoundError);
      const { available, query: asked, message } = error as EndpointNotFoundError;
      const asObject = typeof query === "string" ? { type: query } : query;
      assert.deepEqual(asked, asObject);
      assert.include(message, asObject.type);
      const there = where.flatMap(({ type, name, endpoints }) =>
        endpoints.map((endpoint) => [type, name, endpoint.interface, endpoint.region].join(" ")),
      );
      assert.deepEqual(available, there);
    },
  })),
  {
    name: "types and regions are listed once, sorted, and without those that are null",
    run() {
      assert.deepEqual(serviceTypes(places), ["dns", "image", "key-manager", "object-store"]);
      assert.deepEqual(regions(places), ["*", "one", "two"]);
      assert.deepEqual([serviceTypes([]), regions([])], [[], []]);
    },
  },
];

export default cases;
