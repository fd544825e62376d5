/** The methods of Identity v2.0 against servers on a socket. */
import { assert } from "chai";
import { UnauthorizedError } from "../../src/errors.ts";
import type { Token } from "../../src/token.ts";
import { passwordV2 } from "../../src/v2/password-v2.ts";
import { tokenV2 } from "../../src/v2/token-v2.ts";
import { type Case, type Env, isPage } from "../case.ts";
import { admin, failureOf, obtain, secret } from "../fixtures/v2-obtain.ts";
import { v2Server } from "../server/v2-client.ts";

const tenant = { id: "63a0c8979d3a4aabb44c0dad4ff92650", name: "demo" };

/** Seconds from now, roughly: what is compared is an hour and more apart. */
const secondsLeft = ({ expiresAt }: Token) => (Number(expiresAt) - Date.now()) / 1000;

/** What the server says of the token's end, and how many seconds it then counts as alive. */
const lives: readonly [string, number][] = [
  ["ovirt", 360_000],
  ["null-expires", 3600],
  ["no-expires", 3600],
  ["past-expires", 3600],
  ["odd-expires", 3600],
];

const cases: readonly Case[] = [
  {
    name: "passwordV2 sends oVirt the username as it is, and nothing else but the password",
    async run(env) {
      for (const username of ["admin@internal", "user@ad.example@profile", "admin", "ädmin@x"]) {
        const server = v2Server(env, "ovirt");
        const token = await obtain(passwordV2({ username, password: secret }), server);
        assert.deepEqual(token.user.name, "admin");
        const [{ method, path, body }] = await server.log();
        assert.deepEqual([method, path], ["POST", "/v2.0/tokens"]);
        const passwordCredentials = { username, password: secret };
        assert.deepEqual(JSON.parse(body), { auth: { passwordCredentials } });
      }
    },
  },
  {
    name: "passwordV2 at oVirt gives an unscoped token with oVirt's catalog",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const { methods, scope, user, catalog } = await obtain(passwordV2(admin), server);
      assert.deepEqual(methods, ["password"]);
      assert.equal(scope, "unscoped");
      assert.equal(user.id, "admin");
      const types = catalog.map(({ type }) => type);
      assert.deepEqual(types, ["network", "identity", "compute"]);
    },
  },
  {
    name: "tokenV2 at oVirt gives the same token back",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const { id } = await obtain(passwordV2(admin), server);
      const again = await obtain(tokenV2(id), server);
      assert.equal(again.id, id);
      assert.deepEqual(again.methods, ["token"]);
      const [, { body }] = await server.log();
      assert.deepEqual(JSON.parse(body), { auth: { token: { id } } });
      const error = await failureOf(obtain(tokenV2(secret), server));
      assert.instanceOf(error, UnauthorizedError);
    },
  },
  ...[{ id: tenant.id }, { name: tenant.name }].map((given) => ({
    name: `passwordV2 and tokenV2 with a tenant by ${Object.keys(given)} give a token of that project`,
    async run(env: Env) {
      const server = v2Server(env, "keystone");
      const unscoped = await obtain(passwordV2({ username: "demo", password: secret }), server);
      assert.deepEqual([unscoped.scope, unscoped.catalog], ["unscoped", []]);
      for (const auth of [
        passwordV2({ username: "demo", password: secret, tenant: given }),
        tokenV2(unscoped.id, { tenant: given }),
      ]) {
        const { scope, catalog, roles } = await obtain(auth, server);
        const domain = { id: "default", name: "Default" };
        assert.deepEqual(scope, { project: { ...tenant, domain } });
        assert.equal(catalog[0]?.type, "network");
        assert.deepEqual(roles, [{ id: "member", name: "member" }]);
      }
      const names = (await server.log()).map(({ body }) => Object.keys(JSON.parse(body).auth));
      const name = "id" in given ? "tenantId" : "tenantName";
      assert.deepEqual(names.slice(1), [
        ["passwordCredentials", name],
        ["token", name],
      ]);
    },
  })),
  ...lives.map(([variant, seconds]) => ({
    name: `passwordV2 at "${variant}" gives a token that lives for ${seconds} s, or its lifetime`,
    async run(env: Env) {
      const token = await obtain(passwordV2(admin), v2Server(env, variant));
      assert.closeTo(secondsLeft(token), seconds, 60);
      const longer = passwordV2({ ...admin, lifetime: 86_400 });
      const other = await obtain(longer, v2Server(env, variant));
      assert.closeTo(secondsLeft(other), variant === "ovirt" ? seconds : 86_400, 60);
    },
  })),
  {
    name: "passwordV2 at a server whose clock is behind gives a token that lives as long as it does there",
    async run(env) {
      const auth = passwordV2({ ...admin, lifetime: 86_400 });
      const { issuedAt, expiresAt } = await obtain(auth, v2Server(env, "slow-clock"));
      // A page can't read the server's clock: the end is past, and the lifetime counts.
      const seconds = isPage(env) ? 86_400 : 3600;
      assert.closeTo((Number(expiresAt) - Number(issuedAt)) / 1000, seconds, 60);
    },
  },
  ...["empty-catalog", "object-catalog", "no-catalog"].map((variant) => ({
    name: `passwordV2 at "${variant}" gives a token with an empty catalog`,
    async run(env: Env) {
      const { catalog } = await obtain(passwordV2(admin), v2Server(env, variant));
      assert.deepEqual(catalog, []);
    },
  })),
  {
    name: "passwordV2 at a server with broken parts gives a token with all the others",
    async run(env) {
      const { catalog, roles } = await obtain(passwordV2(admin), v2Server(env, "broken-parts"));
      const endpoints = catalog.map(({ type, endpoints }) => [type, endpoints.length]);
      assert.deepEqual(endpoints, [
        ["network", 3],
        ["identity", 3],
        ["compute", 3],
      ]);
      assert.deepEqual(
        roles.map(({ name }) => name),
        ["admin", "0618"],
      );
    },
  },
  ...["/v2.0", "/v2.0/", "/v2.0//"].map((path) => ({
    name: `passwordV2 with an authUrl that ends in "${path}" gives a token`,
    async run(env: Env) {
      const { url } = v2Server(env, "ovirt");
      const token = await obtain(passwordV2(admin), { authUrl: url + path });
      assert.equal(token.user.name, "admin");
    },
  })),
];

export default cases;
