/** Addresses that are not from the catalog alone: overrides, a session's own Keystone, discovered ones. */
import { assert } from "chai";
import { EndpointNotFoundError, ResponseError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { changing, demoOn, during, sessionAt, sessionOf } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "an unscoped session has no catalog, and says so; its own Keystone it finds",
    async run(env) {
      const session = sessionOf(env, "demo", { scope: "unscoped" });
      const error = await failure(session.endpoint("compute"), EndpointNotFoundError);
      assert.deepEqual(error.available, []);
      assert.include(error.message, "unscoped");
      assert.equal((await session.endpoint("identity")).url, `${env.keystone}/v3`);
    },
  },
  {
    name: "an override goes before the catalog, under any of the type's names, at no request",
    lane: "alone",
    async run(env) {
      const endpointOverrides = {
        "block-storage": "https://cinder.example/v3/x",
        compute: new URL("https://nova.example/v2.1/"),
      };
      const session = sessionOf(env, "demo", { endpointOverrides });
      const sent = await during(env, async () => {
        assert.equal((await session.endpoint("volumev3")).url, "https://cinder.example/v3/x");
        assert.equal((await session.endpoint("compute")).url, "https://nova.example/v2.1/");
        assert.equal((await session.endpoint("identity")).url, `${env.keystone}/v3`);
      });
      assert.isEmpty(sent);
    },
  },
  {
    name: "the session's defaults hold for what is asked as undefined, also for an override",
    async run(env) {
      const endpointOverrides = { compute: "https://nova.example" };
      const session = sessionOf(env, "demo", {
        scope: { project: { name: "web", domain: { name: "Default" } } },
        region: "RegionTwo",
        interface: "internal",
        endpointOverrides,
      });
      const none = { region: undefined, interface: undefined };
      for (const type of ["image", "compute"]) {
        const usual = await session.endpoint({ type, ...none });
        assert.deepEqual([usual.region, usual.interface], ["RegionTwo", "internal"], type);
        const asked = await session.endpoint({ type, region: "RegionOne", interface: "admin" });
        assert.deepEqual([asked.region, asked.interface], ["RegionOne", "admin"], type);
      }
    },
  },
  {
    name: "names that every object has are not overrides",
    async run(env) {
      const session = demoOn(env);
      for (const type of ["constructor", "toString", "__proto__"]) {
        await failure(session.endpoint(type), EndpointNotFoundError);
      }
    },
  },
  {
    name: "an invalid address in the catalog is reported, and nothing is sent there",
    async run(env) {
      const odd = ["/compute/v2.1", "nova.example:8774", "http://nova:port/", "ftp://nova.example"];
      // The catalog's own text, not a credential of the session: a token shows its catalog as it
      // is.
      const word = "w0rd-of-nova";
      for (const url of [...odd, `https://demo:${word}@nova.example`]) {
        const endpoints = [{ id: "0", interface: "public", region: null, url }];
        const fetch = changing((token) => {
          token.catalog = [{ id: "1", type: "compute", name: "nova", endpoints }];
        });
        const server = faulty(env, "ok");
        const session = sessionAt(server, { fetch });
        for (const query of ["compute", { type: "compute", version: 2 }]) {
          const error = await failure(session.service(query), ResponseError);
          assert.match(error.message, /^compute in the catalog: expected an http/);
          assertHides(error, word);
        }
        assert.lengthOf(await server.log(), 1);
      }
    },
  },
  {
    name: "an address with spaces around it counts without them, and an invalid one costs only itself",
    async run(env) {
      const urls = ["nova.example:8774", "\t http://nova.example/v2.1 \n"];
      const endpoints = urls.map((url) => ({ id: url, interface: "public", region: null, url }));
      const fetch = changing((token) => {
        token.catalog = [{ id: "1", type: "compute", name: "nova", endpoints }];
      });
      const session = sessionAt(faulty(env, "ok"), { fetch });
      for (const query of ["compute", { type: "compute", version: 2 }]) {
        assert.equal((await session.endpoint(query)).url, "http://nova.example/v2.1");
      }
    },
  },
  {
    name: "a version that no URL names is asked for at the service",
    async run(env) {
      const session = demoOn(env);
      const { url } = await session.endpoint({ type: "placement", version: 1 });
      assert.equal(url, env.placement);
      const asked = session.endpoint({ type: "placement", version: 2 });
      assert.deepEqual((await failure(asked, EndpointNotFoundError)).available, ["v1.0"]);
      const identity = await session.endpoint({ type: "identity", version: 3 });
      assert.equal(identity.url, `${env.keystone}/v3`);
    },
  },
];

export default cases;
