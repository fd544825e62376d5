/** What goes wrong at servers that speak only Identity v2.0, and how it is reported. */
import { assert } from "chai";
import {
  applicationCredential,
  BadRequestError,
  EndpointNotFoundError,
  ForbiddenError,
  type KeystoneError,
  OptionsError,
  password,
  ResponseError,
  ServerError,
  token,
  UnauthorizedError,
} from "keystone-fetch";
import { passwordV2 } from "keystone-fetch/v2";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, secret } from "../fixtures/failures.ts";
import { admin, lines, list, login, sessionAt, tenant } from "../fixtures/v2-sessions.ts";
import { v2Server } from "../server/v2-client.ts";

/** Methods of v3, with an address that says v2.0. */
const v3Methods = [
  password({ name: "admin", domain: { id: "default" }, password: secret }),
  token(secret),
  applicationCredential({ id: "0a74", secret }),
];

/** Servers that fail at a login: the error's class and status. */
const failing: readonly [string, typeof KeystoneError, number | undefined][] = [
  ["501", ServerError, 501],
  ["sso-unreachable", ServerError, 502],
  ["sso-slow", ServerError, 504],
  ["v3-only", EndpointNotFoundError, 404],
  ["html", ResponseError, 200],
  ["half-json", ResponseError, 200],
  ["no-token", ResponseError, undefined],
];

const cases: readonly Case[] = [
  {
    name: "a call whose every token is refused throws an UnauthorizedError after one renewal",
    async run(env) {
      const server = v2Server(env, "dead");
      const neutron = await sessionAt(server).service("network");
      const error = await failure(neutron.get("v2.0/networks"), UnauthorizedError);
      assert.include(error.message, "invalid_grant");
      assert.deepEqual(lines(await server.log()), [login, list, login, list]);
    },
  },
  {
    name: "a call that is forbidden, without a word why, throws a ForbiddenError and renews nothing",
    async run(env) {
      const server = v2Server(env, "forbidden");
      const neutron = await sessionAt(server).service("network");
      const error = await failure(neutron.get("v2.0/networks"), ForbiddenError);
      assert.include(error.message, "403 Forbidden");
      assert.deepEqual(lines(await server.log()), [login, list]);
    },
  },
  {
    name: "authenticate() of a user who may log in, but not here, throws a ForbiddenError",
    async run(env) {
      const auth = passwordV2({ username: "guest@internal", password: secret });
      const session = sessionAt(v2Server(env, "ovirt"), { auth });
      const error = await failure(session.authenticate(), ForbiddenError);
      assert.equal(error.status, 403);
      assertHides(error, secret);
    },
  },
  {
    name: "a password that oVirt refuses is sent once, until authenticate() is called",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const session = sessionAt(server, { auth: passwordV2({ ...admin, password: "wrong" }) });
      for (let calls = 0; calls < 3; calls++) {
        const error = await failure(session.token(), UnauthorizedError);
        assert.include(error.message, "access_denied");
      }
      assert.deepEqual(lines(await server.log()), [login]);
      await failure(session.authenticate(), UnauthorizedError);
      assert.deepEqual(lines(await server.log()), [login, login]);
      assert.equal(session.state.status, "unauthenticated");
    },
  },
  ...failing.map(([variant, type, status]) => ({
    name: `authenticate() at "${variant}" throws a ${type.prototype.name} without a secret`,
    async run(env: Env) {
      const session = sessionAt(v2Server(env, variant));
      const error = await failure(session.authenticate(), type);
      if (status !== undefined) assert.equal(error.status, status);
      assertHides(error, secret);
    },
  })),
  {
    name: "authenticate() at a server that repeats the password throws an error that doesn't",
    async run(env) {
      const error = await failure(sessionAt(v2Server(env, "echo")).authenticate(), BadRequestError);
      assert.equal(error.status, 400);
      assertHides(error, secret);
    },
  },
  ...v3Methods.map((auth) => ({
    name: `${auth.name} with an authUrl that ends in /v2.0 throws an error that says what to use`,
    async run(env: Env) {
      const server = v2Server(env, "ovirt");
      const error = await failure(sessionAt(server, { auth }).token(), EndpointNotFoundError);
      assert.deepEqual(error.available, ["v2.0"]);
      assert.include(error.message, "keystone-fetch/v2");
      assert.notInclude(lines(await server.log()).join(), "POST");
      assertHides(error, secret);
    },
  })),
  ...["", "/v3"].map((path) => ({
    name: `passwordV2 with an authUrl that ends in "${path}" throws an OptionsError and sends nothing`,
    async run(env: Env) {
      const server = v2Server(env, "ovirt");
      const session = sessionAt({ ...server, authUrl: server.url + path });
      const error = await failure(() => session.authenticate(), OptionsError);
      assert.match(error.message, /^authUrl: expected an address that ends in \/v2\.0/);
      assert.deepEqual(await server.log(), []);
    },
  })),
  {
    name: "passwordV2 with a scope of v3 throws an OptionsError that names the tenant, and sends nothing",
    async run(env) {
      const server = v2Server(env, "keystone");
      const scope = { project: { id: tenant.id } };
      const error = await failure(() => sessionAt(server, { scope }).authenticate(), OptionsError);
      assert.match(error.message, /^scope: must not be given .* tenant/);
      assert.deepEqual(await server.log(), []);
    },
  },
  {
    name: "passwordV2 beside another method throws an OptionsError",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const auth = [passwordV2(admin), token(secret)];
      await failure(() => sessionAt(server, { auth }).authenticate(), OptionsError);
      assert.deepEqual(await server.log(), []);
    },
  },
];

export default cases;
