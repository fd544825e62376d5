/** Calls through the catalog: a real Placement, and services that refuse. */
import { assert } from "chai";
import { ConflictError, ForbiddenError, NotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { adminOf, demoOn, during, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

interface Provider {
  readonly uuid: string;
  readonly name: string;
}

/** The microversion from which on a creation is answered with what was created. */
const headers = { "OpenStack-API-Version": "placement 1.39" };

const cases: readonly Case[] = [
  {
    name: "Placement: an administrator creates, lists and deletes a resource provider",
    async run(env) {
      const placement = await adminOf(env).service("placement");
      const json = { name: `case-${crypto.randomUUID()}` };
      const created = await placement
        .post("resource_providers", { json, headers })
        .json<Provider>();
      assert.equal(created.name, json.name);
      const list = async () => {
        const found = placement.get("resource_providers", { searchParams: json, headers });
        return (await found.json<{ resource_providers: Provider[] }>()).resource_providers;
      };
      assert.deepEqual(
        (await list()).map(({ uuid }) => uuid),
        [created.uuid],
      );
      await failure(placement.post("resource_providers", { json, headers }), ConflictError);
      const gone = await placement.delete(`resource_providers/${created.uuid}`);
      assert.equal(gone.status, 204);
      assert.isEmpty(await list());
      await failure(placement.get(`resource_providers/${created.uuid}`), NotFoundError);
    },
  },
  {
    name: "Placement: a user without the role is told so, and is not logged in again",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      const { id } = await session.token();
      const { state } = session;
      const sent = await during(env, async () => {
        const placement = await session.service("placement");
        const error = await failure(placement.get("resource_providers"), ForbiddenError);
        assert.equal(error.status, 403);
        assert.match(error.message, /placement:resource_providers/);
        assertHides(error, id);
      });
      assert.deepEqual(sent, ["GET placement /resource_providers"]);
      assert.strictEqual(session.state, state);
    },
  },
  {
    name: "what a GET may be retried for, a POST may not: it may have been done",
    async run(env) {
      const retry = { limit: 2, delay: () => 1 };
      // Deno by itself repeats a request whose connection was reset, even a POST.
      const byItself = env.runtime === "deno" ? 2 : 1;
      for (const [method, fault, times] of [
        ["get", "503", 3],
        ["post", "503", 1],
        ["post", "reset", byItself],
      ] as const) {
        const server = faulty(env, "ok");
        const service = await sessionAt(server, { retry }).service("service-ok");
        const url = `${server.at(`${fault}@things`)}/things`;
        await outcome(service.extend({ prefix: "" })[method](url));
        const asked = (await server.log()).filter(({ path }) => path === "/things");
        assert.lengthOf(asked, times, `${method} ${fault}`);
      }
    },
  },
];

export default cases;
