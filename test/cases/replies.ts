/**
 * Replies to a login that are not a token: each has its error class, and leaves the session as it was.
 */
import { assert } from "chai";
import {
  ForbiddenError,
  KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  PasswordExpiredError,
  RateLimitError,
  ResponseError,
  TransportError,
  UnauthorizedError,
} from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { changing, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** The class of the error for each fault, and what its message says. */
const replies: Record<string, [new (message: string) => KeystoneError, RegExp]> = {
  html: [ResponseError, /200 .*of html/],
  html201: [ResponseError, /201 .*of html/],
  html404: [NotFoundError, /404/],
  empty: [ResponseError, /./],
  half: [ResponseError, /201 .*of json/],
  "json-other": [ResponseError, /token/],
  "json-null": [ResponseError, /token/],
  "no-subject-token": [ResponseError, /X-Subject-Token.*expose_headers/],
  reset: [TransportError, /POST .*\/v3\/auth\/tokens/],
  "reset-body": [TransportError, /POST .*\/v3\/auth\/tokens/],
  400: [KeystoneError, /400 Bad Request: Expecting to find auth/],
  401: [UnauthorizedError, /401 Unauthorized/],
  405: [KeystoneError, /405 .*The method is not allowed/],
  413: [KeystoneError, /413 .*Request is too large/],
  429: [RateLimitError, /429 .*Too many requests/],
  500: [KeystoneError, /500 .*An unexpected error/],
  502: [KeystoneError, /: 502 Bad Gateway 502 Bad Gateway$/],
  503: [KeystoneError, /503 Service Unavailable/],
  "empty-message": [ForbiddenError, /403 Forbidden/],
  "password-expired": [PasswordExpiredError, /The password is expired/],
  "echo-secret": [
    KeystoneError,
    /400 Bad Request: the reply repeats a secret or password \[redacted\]$/,
  ],
};

/** Odd answers of Keystones that look fine at first sight. */
const cases: readonly Case[] = [
  ...Object.entries(replies).map(([fault, usual]) => ({
    name: `${fault} is a ${usual[0].name}`,
    async run(env: Env) {
      // WebKitGTK treats a body that breaks off as a short one.
      const short = env.runtime === "webkit" && fault === "reset-body";
      const [type, words] = short ? (replies.half ?? usual) : usual;
      const session = sessionAt(faulty(env, fault));
      const { state } = session;
      const error = await failure(session.authenticate(), type);
      assert.match(error.message, words);
      assertHides(error, secret, "gAAAA");
      assert.strictEqual(session.state, state);
    },
  })),
  {
    name: "the wait that a 429 asks for is in its error, unless CORS hides it",
    async run(env) {
      const { retryAfter } = await failure(sessionAt(faulty(env, "429")).token(), RateLimitError);
      assert.equal(retryAfter, isPage(env) ? undefined : 1);
    },
  },
  {
    name: "a subject token that CORS hides fails only in a page, with the setting to change",
    async run(env) {
      const session = sessionAt(faulty(env, "hidden-subject-token"));
      if (isPage(env)) {
        const { message } = await failure(session.authenticate(), ResponseError);
        assert.match(message, /X-Subject-Token.*expose_headers/);
      } else {
        assert.equal((await session.authenticate()).user.name, "demo");
      }
    },
  },
  {
    name: "to a page, a reply without CORS headers is no reply",
    async run(env) {
      const session = sessionAt(faulty(env, "no-cors"));
      if (!isPage(env)) await session.authenticate();
      else {
        const { message } = await failure(session.authenticate(), TransportError);
        assert.include(message, "CORS");
      }
    },
  },
  {
    name: "if more methods are needed, there is a receipt, which no log shows, and which completes the login",
    async run(env) {
      const session = sessionAt(faulty(env, "mfa"));
      const error = await failure(session.authenticate(), MultiFactorRequiredError);
      assert.deepEqual([error.code, error.status], ["MultiFactorRequired", 401]);
      assert.deepEqual(error.required, [["password", "totp"]]);
      const { receipt } = error;
      assert.match(receipt, /^gAAAAAB-receipt/);
      assertHides(error, receipt, secret);
      assert.notInclude(Object.keys(error), "receipt");
      const totp = { name: "totp", payload: () => ({ user: { id: "demo", passcode: "123456" } }) };
      assert.deepEqual((await session.authenticate(totp, { receipt })).methods, ["totp"]);
      const wrong = { name: "totp", payload: () => ({ user: { id: "demo", passcode: "1" } }) };
      assertHides(
        await failure(session.authenticate(wrong, { receipt }), UnauthorizedError),
        receipt,
      );
    },
  },
  {
    name: "a login that a busy server refused is tried again",
    async run(env) {
      for (const fault of ["503-once", "reset-once"]) {
        const server = faulty(env, fault);
        await sessionAt(server, { retry: 2 }).authenticate();
        assert.lengthOf(await server.log(), 2, fault);
      }
    },
  },
  {
    name: "a token without the requested scope is refused, and one without any request is accepted",
    async run(env) {
      const fetch = changing((token) => {
        delete token.project;
      });
      const web = { project: { id: "0a74" } };
      const session = sessionAt(faulty(env, "ok"), { fetch, scope: web });
      assert.include((await failure(session.token(), ResponseError)).message, "unscoped");
      assert.equal((await sessionAt(faulty(env, "ok"), { fetch }).token()).scope, "unscoped");
    },
  },
  {
    name: "any error of the server is an error with its status, never a result",
    async run(env) {
      for (const fault of ["html@all", "empty@all", "500@all", "json-null@all"]) {
        const error = await outcome(sessionAt(faulty(env, fault)).projects());
        assert.instanceOf(error, KeystoneError, fault);
      }
    },
  },
];

export default cases;
