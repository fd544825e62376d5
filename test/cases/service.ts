/** Calls through the catalog: a real Placement, and services that refuse. */
import { assert } from "chai";
import {
  ConflictError,
  ForbiddenError,
  KeystoneError,
  NotFoundError,
  revokeToken,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import {
  adminOf,
  assertHides,
  demoOn,
  during,
  failure,
  login,
  outcome,
  passwordOf,
  project,
  sessionAt,
  sessionOf,
} from "../fixtures/sessions.ts";
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
    name: "Placement: who may not is told so, and is not logged in again",
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
    name: "Placement: a token that was revoked elsewhere costs one login, and the call succeeds",
    async run(env) {
      const session = adminOf(env);
      const before = await session.token();
      const placement = await session.service("placement");
      await revokeToken(adminOf(env), before.id);
      const sent = await during(env, async () => {
        assert.property(await placement.get("resource_providers").json(), "resource_providers");
      });
      const call = "GET placement /resource_providers";
      assert.deepEqual(sent, [call, login, call]);
      assert.notEqual((await session.token()).id, before.id);
      assert.equal(session.state.status, "scoped");
    },
  },
  {
    name: "Placement: a token that was revoked elsewhere and can't be renewed is expired",
    async run(env) {
      const session = sessionOf(env, "admin", { auth: undefined, scope: project("admin") });
      const token = await session.authenticate(passwordOf(env, "admin"));
      const placement = await session.service("placement");
      await revokeToken(adminOf(env), token.id);
      await failure(placement.get("resource_providers"), UnauthorizedError);
      assert.deepEqual(session.state, { status: "expired", token, reason: "rejected" });
      await failure(session.token(), UnauthorizedError);
    },
  },
  {
    name: "a service that refuses every token is asked twice, and its 401 is the caller's",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const service = await session.service("service-401");
      const error = await failure(service.get("things").json(), UnauthorizedError);
      assert.equal(error.status, 401);
      const response = await session.fetch(`${server.at("service-401")}/things`);
      assert.equal(response.status, 401);
      assert.equal((await response.json()).error.code, 401);
      const round = ["ok /v3/auth/tokens", "service-401 /things"];
      const log = (await server.log()).map(({ fault, path }) => `${fault} ${path}`);
      // The second call still had the second token.
      assert.deepEqual(log, [...round, ...round, "service-401 /things", ...round]);
    },
  },
  {
    name: "a 403 and a 503 are no news of the token",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      await failure((await session.service("service-403")).get("things"), ForbiddenError);
      const busy = await failure(
        (await session.service("service-503")).get("things"),
        KeystoneError,
      );
      assert.deepEqual([busy.status, session.state.status], [503, "scoped"]);
      assert.include(busy.message, "The service is being upgraded.");
      assert.lengthOf(await server.log(), 3);
    },
  },
  {
    name: "what a GET may be tried again for, a POST may not: it may have been done",
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
