/** A token that somebody presented and the session's own refused login are never the same error. */
import { assert } from "chai";
import {
  checkToken,
  InvalidTokenError,
  isKeystoneError,
  OptionsError,
  revokeToken,
  UnauthorizedError,
  validateToken,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { adminOf, demoOn, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "revoked, expired or never a token: InvalidTokenError, and the session lives on",
    async run(env) {
      const admin = adminOf(env);
      const { id } = await demoOn(env).token();
      await revokeToken(admin, id);
      const { state } = admin;
      for (const subject of [id, "never-was-one", "gAAAAABno-token", "0".repeat(200)]) {
        const error = await failure(validateToken(admin, subject), InvalidTokenError);
        assert.equal(error.code, "InvalidToken");
        assert.isFalse((error as object) instanceof UnauthorizedError);
        assertHides(error, subject);
        assert.isFalse(await checkToken(admin, subject));
        await revokeToken(admin, subject);
      }
      assert.strictEqual(admin.state, state);
    },
  },
  {
    name: "the guard's own credentials refused: Unauthorized, and nothing is said of the caller's token",
    async run(env) {
      const { id } = await sessionAt(faulty(env, "ok")).token();
      for (const ask of [validateToken, checkToken, revokeToken]) {
        const error = await outcome(ask(sessionAt(faulty(env, "401")), id));
        assert.isTrue(isKeystoneError(error) && error.code === "Unauthorized");
        assert.isFalse(error instanceof InvalidTokenError);
      }
    },
  },
  {
    name: "what can't be a token's id is refused before it is sent",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      for (const subject of ["", "two words", "a\nb", "a\r\nX-Y: z", "a,b", "ü", 7, undefined]) {
        for (const ask of [validateToken, checkToken, revokeToken]) {
          const error = await failure(ask(session, subject as string), OptionsError);
          assert.match(error.message, /^subjectId: expected /);
        }
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "a signal aborts each of them, even during the login",
    async run(env) {
      const reason = new TypeError("Failed to fetch");
      for (const ask of [validateToken, checkToken, revokeToken]) {
        const session = sessionAt(faulty(env, "slow-headers"));
        const controller = new AbortController();
        const asked = outcome(ask(session, "an-id", { signal: controller.signal }));
        setTimeout(() => controller.abort(reason), 50);
        assert.strictEqual(await asked, reason);
      }
    },
  },
];

export default cases;
