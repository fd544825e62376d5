/** Addresses that are not from the catalog alone: overrides, a session's own Keystone, discovered ones. */
import { assert } from "chai";
import { EndpointNotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { demoOn, during, sessionOf } from "../fixtures/sessions.ts";

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
