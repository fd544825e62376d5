/** The methods of Identity v2.0 when there is no token to be had. */
import { assert } from "chai";
import {
  EndpointNotFoundError,
  ForbiddenError,
  KeystoneError,
  OptionsError,
  ResponseError,
  UnauthorizedError,
} from "../../src/errors.ts";
import { passwordV2 } from "../../src/v2/password-v2.ts";
import { tokenV2 } from "../../src/v2/token-v2.ts";
import type { Case, Env } from "../case.ts";
import { admin, failureOf, obtain, secret } from "../fixtures/v2-obtain.ts";
import { v2Server } from "../server/v2-client.ts";

/** Answers that are no token. */
const unlikeTokens: readonly [string, string][] = [
  ["no-token", "access.token.id"],
  ["number-id", "access.token.id"],
  ["id-of-two-lines", "access.token.id"],
  ["no-user", "access.user.name"],
  ["no-name", "access.user.name"],
  ["list", "access.token.id"],
  ["html", "not JSON"],
  ["half-json", "not JSON"],
  ["empty-body", "not JSON"],
];

/** Failures of the server: variant, user, password, the error's class and status. */
const failures: readonly [string, object, typeof KeystoneError, number][] = [
  ["ovirt", { password: "wrong" }, UnauthorizedError, 401],
  ["ovirt", { username: "guest@internal" }, ForbiddenError, 403],
  ["501", {}, KeystoneError, 501],
  ["sso-unreachable", {}, KeystoneError, 502],
  ["sso-slow", {}, KeystoneError, 504],
  ["v3-only", {}, EndpointNotFoundError, 404],
];

const cases: readonly Case[] = [
  {
    name: "passwordV2 with a tenant that the server doesn't know throws an UnauthorizedError",
    async run(env) {
      const auth = passwordV2({ username: "demo", password: secret, tenant: { name: "other" } });
      const error = await failureOf(obtain(auth, v2Server(env, "keystone")));
      assert.instanceOf(error, UnauthorizedError);
    },
  },
  ...unlikeTokens.map(([variant, words]) => ({
    name: `passwordV2 at "${variant}" throws a ResponseError that says ${words}`,
    async run(env: Env) {
      const error = await failureOf(obtain(passwordV2(admin), v2Server(env, variant)));
      assert.instanceOf(error, ResponseError);
      assert.include(error.message, words);
    },
  })),
  ...failures.map(([variant, user, type, status]) => ({
    name: `passwordV2 at "${variant}" with ${JSON.stringify(user)} throws a ${type.prototype.name} of status ${status}`,
    async run(env: Env) {
      const auth = passwordV2({ ...admin, ...user });
      const error = await failureOf(obtain(auth, v2Server(env, variant)));
      assert.instanceOf(error, type);
      assert.equal(error.status, status);
    },
  })),
  {
    name: "passwordV2 at a Keystone without v2.0 throws an error that says what to use",
    async run(env) {
      const error = await failureOf(obtain(passwordV2(admin), v2Server(env, "v3-only")));
      assert.match(error.message, /no Identity v2\.0 .* \/v3, and password\(\)/);
    },
  },
  ...["", "/", "/v3", "/v3/", "/v2", "/v2.0/tokens", "/v2.0/v3"].map((path) => ({
    name: `a v2 method with an authUrl that ends in "${path}" throws an OptionsError and sends nothing`,
    async run(env: Env) {
      const server = v2Server(env, "ovirt");
      for (const auth of [passwordV2(admin), tokenV2(secret)]) {
        const error = await failureOf(obtain(auth, { authUrl: server.url + path }));
        assert.instanceOf(error, OptionsError);
        assert.match(
          error.message,
          /^authUrl: expected an address that ends in \/v2\.0 .* password\(\)/,
        );
      }
      assert.deepEqual(await server.log(), []);
    },
  })),
  {
    name: "a v2 method with a session's scope throws an OptionsError and sends nothing",
    async run(env) {
      const server = v2Server(env, "ovirt");
      for (const scope of ["unscoped", { project: { id: "63a0" } }] as const) {
        const error = await failureOf(obtain(passwordV2(admin), { ...server, scope }));
        assert.instanceOf(error, OptionsError);
        assert.match(error.message, /^scope: must not be given .* tenant/);
      }
      assert.deepEqual(await server.log(), []);
    },
  },
];

export default cases;
