/** Lookups in a real catalog: eight services, two regions, three interfaces. */
import { assert } from "chai";
import {
  EndpointNotFoundError,
  type EndpointQuery,
  findEndpoint,
  regions,
  type SessionOptions,
  serviceTypes,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { demoOn, project, sessionOf } from "../fixtures/sessions.ts";

const nova = "https://compute.one.example.com/v2.1/ID";
const cinder = "https://volumev3.one.example.com/v3/ID";

/** A query, in a session with these options, and the URL that is found; ID is the project's. */
const found: readonly [string | EndpointQuery, string, Partial<SessionOptions>?][] = [
  ["compute", nova],
  [{ type: "compute" }, nova],
  ["volumev3", cinder],
  ["block-storage", cinder],
  [{ type: "block-storage", version: 3 }, cinder],
  [{ type: "compute", version: "v2.1" }, nova],
  [{ type: "compute", version: "2" }, nova],
  [{ type: "compute", version: 2.1 }, nova],
  [{ type: "compute", name: "nova" }, nova],
  ["object-store", "https://object-store.one.example.com/v1/AUTH_ID"],
  ["image", "https://image.one.example.com"],
  [{ type: "image", region: "RegionTwo" }, "https://image.two.example.com"],
  [{ type: "image", interface: "admin" }, "http://10.1.0.10:9292"],
  [
    { type: "image", interface: ["internal", "public"] },
    "http://glance.one.internal.example.com:9292",
  ],
  [
    { type: "dns", interface: "internal", region: "RegionTwo", name: "designate", version: 2 },
    "http://designate.two.internal.example.com:9001/v2",
  ],
  ["image", "https://image.two.example.com", { region: "RegionTwo" }],
  ["image", "http://10.1.0.10:9292", { interface: "admin" }],
  ["image", "http://10.2.0.10:9292", { interface: ["admin", "public"], region: "RegionTwo" }],
  [{ type: "image", interface: "public" }, "https://image.one.example.com", { interface: "admin" }],
  [
    { type: "image", region: "RegionOne" },
    "https://image.one.example.com",
    { region: "RegionTwo" },
  ],
];

/** What does not exist; the error lists the type's endpoints or, if there are none, the types. */
const missing: readonly [string | EndpointQuery, Partial<SessionOptions>?][] = [
  ["metering"],
  ["computer"],
  ["volumev2"], // another API than volumev3
  [{ type: "compute", region: "RegionThree" }],
  [{ type: "compute", name: "other" }],
  [{ type: "compute", version: 3 }],
  [{ type: "volumev3", version: 2 }],
  [{ type: "dns", version: "2.1" }],
  ["compute", { region: "RegionThree" }],
];

/** A catalog has no order: without a region, it may be the other one. */
const inOne = (url: string) => url.replace(".two.", ".one.").replace("10.2.", "10.1.");

const show = (query: unknown, options: unknown) =>
  `${JSON.stringify(query)}${options ? ` with ${JSON.stringify(options)}` : ""}`;

const cases: readonly Case[] = [
  ...found.map(([query, url, options]) => ({
    name: `finds ${show(query, options)}`,
    async run(env: Env) {
      const session = sessionOf(env, "demo", { scope: project("web"), ...options });
      const { scope, catalog } = await session.token();
      const { project: web } = scope as { project: { id: string } };
      const endpoint = await session.endpoint(query);
      const asked = show(query, options).includes("region");
      assert.equal(asked ? endpoint.url : inOne(endpoint.url), url.replace("ID", web.id));
      if (!options) assert.deepEqual(findEndpoint(catalog, query), endpoint);
    },
  })),
  ...missing.map(([query, options]) => ({
    name: `does not find ${show(query, options)}, and says what there is`,
    async run(env: Env) {
      const session = sessionOf(env, "demo", { scope: project("web"), ...options });
      const error = await failure(session.endpoint(query), EndpointNotFoundError);
      assert.equal(error.code, "EndpointNotFound");
      assert.lengthOf(error.available, 48);
      assert.include(error.available, "compute nova public RegionOne");
      assert.deepInclude(error.query, typeof query === "string" ? { type: query } : query);
      // The endpoints of that service or, if there are none, the services.
      assert.match(error.message, / internal RegionTwo|, object-store, /);
      await failure(session.service(query), EndpointNotFoundError);
    },
  })),
  {
    name: "an endpoint tells what it is",
    async run(env) {
      const { id = "", url: _, ...rest } = await demoOn(env).endpoint("block-storage");
      assert.match(id, /^[\da-f]{32}$/);
      assert.deepInclude(rest, { type: "volumev3", name: "cinder", interface: "public" });
      assert.match(rest.region ?? "", /^Region(One|Two)$/);
    },
  },
  {
    name: "types and regions of a catalog",
    async run(env) {
      const { catalog } = await demoOn(env).token();
      const types = "compute dns identity image network object-store placement volumev3";
      assert.deepEqual(serviceTypes(catalog), types.split(" "));
      assert.deepEqual(regions(catalog), ["RegionOne", "RegionTwo"]);
    },
  },
];

export default cases;
