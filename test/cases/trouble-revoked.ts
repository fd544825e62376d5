/** A token that somebody else revoked in the middle of a session. */
import { assert } from "chai";
import { revokeToken, UnauthorizedError } from "keystone-fetch";
import { type Case, inLane } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { adminOf, demoOn, during, login, project, withoutAuth } from "../fixtures/sessions.ts";
import { troubled } from "../server/client.ts";

const get = "GET keystone /v3/auth/projects";

const cases: readonly Case[] = [
  {
    name: "the next call takes one login and one replay, and succeeds",
    async run(env) {
      const world = troubled(env);
      const session = demoOn(world);
      const { id } = await session.token();
      await revokeToken(adminOf(world), id);
      const sent = await during(world, async () => {
        assert.lengthOf(await session.projects(), 2);
      });
      assert.deepEqual(sent, [get, login, get]);
      assert.equal(session.state.status, "scoped");
    },
  },
  {
    name: "twenty calls at once take one login, and one replay each",
    async run(env) {
      const world = troubled(env);
      const session = demoOn(world);
      const { id } = await session.token();
      await revokeToken(adminOf(world), id);
      const sent = await during(world, async () => {
        const all = await Promise.all(Array.from({ length: 20 }, () => session.projects()));
        for (const projects of all) assert.lengthOf(projects, 2);
      });
      const count = (what: string) => sent.filter((line) => line === what).length;
      assert.deepEqual([count(login), count(get)], [1, 40]);
    },
  },
  {
    name: "without auth it is over: the error and the state say so, and nothing more is sent",
    async run(env) {
      const world = troubled(env);
      const session = await withoutAuth(world, project("web"));
      const token = await session.token();
      await revokeToken(adminOf(world), token.id);
      const sent = await during(world, async () => {
        const refused = await failure(session.projects(), UnauthorizedError);
        assert.equal(refused.status, 401, "Keystone's own answer");
        assertHides(refused, token.id);
        const error = await failure(session.projects(), UnauthorizedError);
        assert.match(error.message, /authenticate\(\)/);
        assertHides(error, token.id);
      });
      assert.deepEqual(sent, [get]);
      assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
    },
  },
];

export default inLane("troubled", cases);
