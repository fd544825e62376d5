/** A 404 of a proxy, in front of a Keystone that is away: it says nothing about any token. */
import { assert } from "chai";
import {
  checkToken,
  createSession,
  InvalidTokenError,
  ResponseError,
  revokeToken,
  validateToken,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const subject = "gAAAAABm0-somebody-elses-token";

const cases: readonly Case[] = [
  {
    name: "revoke() fails, and the session is signed out all the same",
    async run(env) {
      const session = sessionAt(faulty(env, "html404-later@tokens"));
      const { id } = await session.token();
      const error = await failure(session.revoke(), ResponseError);
      assertHides(error, id);
      assert.deepEqual(session.state, { status: "unauthenticated", error });
    },
  },
  {
    name: "another's token is neither good, bad nor revoked",
    async run(env) {
      const session = sessionAt(faulty(env, "html404-later@tokens"));
      await session.token();
      for (const ask of [validateToken, checkToken, revokeToken]) {
        assertHides(await failure(ask(session, subject), ResponseError), subject);
      }
    },
  },
  {
    name: "a given token is not called invalid",
    async run(env) {
      const { url } = faulty(env, "html404@tokens");
      const session = createSession({ authUrl: `${url}/v3`, token: subject, retry: 0 });
      assertHides(await failure(session.token(), ResponseError), subject);
    },
  },
  {
    name: "but Keystone's own means that a token is not valid",
    async run(env) {
      const session = sessionAt(faulty(env, "404-later@tokens"));
      await session.token();
      await failure(validateToken(session, subject), InvalidTokenError);
      assert.isFalse(await checkToken(session, subject));
      await session.revoke();
      assert.deepEqual(session.state, { status: "unauthenticated" });
    },
  },
];

export default cases;
