/** Ending a token before it expires: at the server, and in the session. */
import { assert } from "chai";
import { checkToken, KeystoneError, revokeToken, TransportError } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { adminOf, demoOn, during, project, sessionAt, watched } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A fetch that fails when a token is revoked: no server, or one that is down. */
const failing: Record<string, (env: Env) => string> = {
  "can't be reached": ({ closed }) => closed,
  "is down": (env) => faulty(env, "503@all").url,
};

const cases: readonly Case[] = [
  {
    name: "revoke() ends the token at the server, and the session can begin again",
    lane: "alone",
    async run(env) {
      const admin = adminOf(env);
      const session = demoOn(env);
      const { id } = await session.token();
      assert.isTrue(await checkToken(admin, id));
      const sent = await during(env, () => session.revoke());
      assert.deepEqual(sent, ["DELETE keystone /v3/auth/tokens?cascade=false"]);
      assert.deepEqual(session.state, { status: "unauthenticated" });
      assert.isFalse(await checkToken(admin, id));
      assert.notEqual((await session.token()).id, id);
    },
  },
  {
    name: "revoke() of a session without a token sends nothing; of a dead one it is no failure",
    lane: "alone",
    async run(env) {
      const session = demoOn(env);
      assert.isEmpty(await during(env, () => session.revoke()));
      const { id } = await session.token();
      await revokeToken(adminOf(env), id);
      await session.revoke();
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  },
  {
    name: "revoke() leaves alone the sessions rescoped from it, and the one it was rescoped from",
    async run(env) {
      const parent = demoOn(env, "unscoped");
      const child = parent.rescope(project("web"));
      const [one, two] = [await parent.token(), await child.token()];
      await child.revoke();
      assert.strictEqual(await parent.token(), one);
      assert.lengthOf(await parent.projects(), 2);
      const again = await child.token();
      assert.notEqual(again.id, two.id);
      await parent.revoke();
      assert.equal(
        (await child.service("identity").then((keystone) => keystone.get("auth/projects"))).status,
        200,
      );
    },
  },
  ...Object.entries(failing).map(([how, where]) => ({
    name: `revoke() where the server ${how} forgets all the same, and tells why`,
    async run(env: Env) {
      const kept = new Map<string, string>();
      const server = faulty(env, "ok");
      const session = sessionAt(server, {
        store: {
          get: (key) => kept.get(key),
          set: (key, value) => kept.set(key, value),
          delete: (key) => kept.delete(key),
        },
        fetch: (input, init) => {
          const request = new Request(input, init);
          return fetch(
            request.method === "DELETE" ? where(env) : request,
            request.method === "DELETE" ? { method: "DELETE" } : init,
          );
        },
      });
      const { id } = await session.token();
      const { seen, stop } = watched(session);
      const type = how === "is down" ? KeystoneError : TransportError;
      const error = await failure<KeystoneError>(session.revoke(), type);
      stop();
      assert.strictEqual(session.state.status === "unauthenticated" && session.state.error, error);
      assert.equal(new Set(seen).size, 1);
      assert.isEmpty([...kept]);
      assertHides(error, id);
      // The next login ends that state.
      await session.token();
      assert.notProperty(session.state, "error");
    },
  })),
];

export default cases;
