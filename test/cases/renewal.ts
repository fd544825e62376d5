/** A 401 from a service: one new login and one more try, nothing else. */
import { assert } from "chai";
import { ForbiddenError, KeystoneError, revokeToken, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  adminOf,
  during,
  login,
  passwordOf,
  project,
  sessionAt,
  sessionOf,
  sleep,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "Placement: a token that was revoked elsewhere costs one login, and the call succeeds",
    lane: "alone",
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
      assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
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
    name: "a 403 and a 503 say nothing about the token",
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
    name: "a late 401 for an older token only sends the request again",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      const { id } = await session.token();
      await revokeToken(sessionAt(server), id);
      const late = session.fetch(`${server.at("late@users")}/v3/users`);
      await sleep(100);
      assert.equal((await session.fetch(`${server.url}/v3/users`)).status, 200);
      const { state } = session;
      assert.equal((await late).status, 200);
      assert.strictEqual(session.state, state);
      const log = await server.log();
      const logins = log.filter(({ method }) => method === "POST");
      assert.lengthOf(logins, 3); // two of the session, one of the one that revoked
    },
  },
];

export default cases;
