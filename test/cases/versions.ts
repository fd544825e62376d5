/**
 * Versions and microversions of a service: requested from it, reported if missing, sent if offered.
 */
import { assert } from "chai";
import { EndpointNotFoundError, OptionsError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { adminOf } from "../fixtures/sessions.ts";

interface Created {
  readonly uuid: string;
}

const cases: readonly Case[] = [
  {
    name: "a microversion that Placement offers goes out with each request",
    async run(env) {
      const placement = await adminOf(env).service({ type: "placement", microversion: "1.39" });
      const json = { name: `case-${crypto.randomUUID()}` };
      // From 1.20 on a creation is answered with what was created.
      const { uuid } = await placement.post("resource_providers", { json }).json<Created>();
      assert.isNotEmpty(uuid);
      const reply = await placement.get(`resource_providers/${uuid}`);
      assert.isTrue(reply.ok);
      await placement.delete(`resource_providers/${uuid}`);
    },
  },
  {
    name: "another microversion changes the answer, and without one it is the oldest",
    async run(env) {
      const session = adminOf(env);
      const old = await session.service({ type: "placement", microversion: "1.0" });
      const bare = await session.service("placement");
      for (const placement of [old, bare]) {
        const json = { name: `case-${crypto.randomUUID()}` };
        const reply = await placement.post("resource_providers", { json });
        assert.equal(reply.status, 201);
        assert.equal(await reply.text(), "");
        const { resource_providers: all } = await placement
          .get("resource_providers", { searchParams: json })
          .json<{ resource_providers: Created[] }>();
        assert.lengthOf(all, 1);
        await placement.delete(`resource_providers/${all[0]?.uuid}`);
      }
    },
  },
  {
    name: '"latest" is the highest that the service offers',
    async run(env) {
      const placement = await adminOf(env).service({ type: "placement", microversion: "latest" });
      const json = { name: `case-${crypto.randomUUID()}` };
      const { uuid } = await placement.post("resource_providers", { json }).json<Created>();
      await placement.delete(`resource_providers/${uuid}`);
    },
  },
  ...["1.999", "2.1", "0.9", "2.latest"].map((microversion) => ({
    name: `microversion ${microversion} is not there: the error says what is, before any call`,
    async run(env: Env) {
      const query = { type: "placement", microversion };
      const error = await failure(adminOf(env).service(query), EndpointNotFoundError);
      assert.match(
        error.message,
        new RegExp(`${microversion.replace(".", "\\.")}.*1\\.0 to 1\\.\\d+`),
      );
      assert.equal(error.available[0], "1.0");
      assert.include(error.query, { microversion });
    },
  })),
  {
    name: "a version is found by its number, as latest, and as the latest of a major one",
    async run(env) {
      const session = adminOf(env);
      const { url } = await session.endpoint("placement");
      const slashless = (text: string) => text.replace(/\/+$/, "");
      for (const version of [1, "1", "v1", "1.0", "latest", "1.latest", "v1.latest"]) {
        const found = await session.endpoint({ type: "placement", version });
        assert.equal(slashless(found.url), slashless(url), String(version));
      }
      for (const version of [3, "v3", "3.latest", "latest"]) {
        const found = await session.endpoint({ type: "identity", version });
        assert.equal(found.url, `${env.keystone}/v3`, String(version));
      }
    },
  },
  {
    name: "a version that does not exist is an error that lists those that do",
    async run(env) {
      const session = adminOf(env);
      for (const version of [2, "v2", "2.latest", "9.9"]) {
        const error = await failure(
          session.endpoint({ type: "placement", version }),
          EndpointNotFoundError,
        );
        assert.isNotEmpty(error.available, String(version));
        assert.notInclude(error.available.join(), String(version));
      }
    },
  },
  {
    name: "an invalid version or microversion is an OptionsError",
    async run(env) {
      const session = adminOf(env);
      for (const version of ["newest", "", "v", {}, "1.39; x", Number.NaN, -1]) {
        const query = { type: "placement", version: version as string };
        await failure(session.endpoint(query), OptionsError);
      }
      for (const microversion of ["1", "", "v1.39", "1.39\nX-Evil: 1", "1.latest.1", 1.39]) {
        const query = { type: "placement", microversion: microversion as string };
        await failure(session.service(query), OptionsError);
      }
    },
  },
];

export default cases;
