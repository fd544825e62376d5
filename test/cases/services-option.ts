/** `services`: defaults for the look-ups of one service. */
import { assert } from "chai";
import { EndpointNotFoundError, OptionsError, type SessionOptions } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { project, sessionOf } from "../fixtures/sessions.ts";

const admin = (env: Env, options: Partial<SessionOptions> = {}) =>
  sessionOf(env, "admin", { scope: project("admin"), ...options });

interface Created {
  readonly uuid: string;
}

const cases: readonly Case[] = [
  {
    name: "the defaults of one service apply only to it, and a query takes precedence",
    async run(env) {
      const services = {
        placement: { microversion: "1.39", region: "RegionOne" },
        compute: { region: "Nowhere", interface: "internal" as const },
      };
      const session = admin(env, { services });
      const placement = await session.service("placement");
      const json = { name: `case-${crypto.randomUUID()}` };
      const { uuid } = await placement.post("resource_providers", { json }).json<Created>();
      await placement.delete(`resource_providers/${uuid}`);
      await failure(session.endpoint("compute"), EndpointNotFoundError);
      const found = await session.endpoint({ type: "compute", region: "RegionOne" });
      assert.deepInclude(found, { region: "RegionOne", interface: "internal" });
      // For a rescoped session too.
      await failure(session.rescope(project("admin")).endpoint("compute"), EndpointNotFoundError);
    },
  },
  {
    name: "a service may be listed under another type; wrong defaults name their service",
    async run(env) {
      const session = admin(env, { services: { resources: { type: "placement" } } });
      const [one, two] = await Promise.all([
        session.endpoint("resources"),
        session.endpoint("placement"),
      ]);
      assert.equal(one.url, two.url);
      for (const wrong of [{ interface: "pub" }, { region: 7 }, { version: "new" }, 7, null]) {
        const services = { compute: wrong as object };
        const error = await failure(() => admin(env, { services }), OptionsError);
        assert.match(error.message, /^services\.compute/);
      }
    },
  },
];

export default cases;
