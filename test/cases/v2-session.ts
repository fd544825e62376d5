/** Sessions at servers that speak Identity v2.0 only, as oVirt's OVN provider does. */
import { assert } from "chai";
import { EndpointNotFoundError } from "keystone-fetch";
import { passwordV2, tokenV2 } from "keystone-fetch/v2";
import type { Case } from "../case.ts";
import { assertHides, failure, secret } from "../fixtures/failures.ts";
import { mapStore } from "../fixtures/sessions.ts";
import { admin, lines, list, login, sessionAt, tenant } from "../fixtures/v2-sessions.ts";
import { v2Server } from "../server/v2-client.ts";

const cases: readonly Case[] = [
  {
    name: 'service("network") at oVirt lists, creates and deletes networks, after one login and nothing else',
    async run(env) {
      const server = v2Server(env, "ovirt");
      const session = sessionAt(server);
      const neutron = await session.service("network");
      assert.deepEqual(await neutron.get("v2.0/networks").json(), { networks: [] });
      const json = { network: { name: "blue" } };
      const made = await neutron
        .post("v2.0/networks", { json })
        .json<{ network: { id: string } }>();
      assert.deepInclude<object>(made.network, { name: "blue", status: "ACTIVE" });
      const gone = await neutron.delete(`v2.0/networks/${made.network.id}`);
      assert.equal(gone.status, 204);
      const log = await server.log();
      assert.deepEqual(lines(log), [
        login,
        list,
        "network POST /v2.0/networks",
        `network DELETE /v2.0/networks/${made.network.id}`,
      ]);
      const { id } = await session.token();
      assert.deepEqual(
        log.map((one) => one.token),
        [undefined, id, id, id],
      );
    },
  },
  {
    name: "authenticate() at oVirt gives an unscoped token of the user admin",
    async run(env) {
      const session = sessionAt(v2Server(env, "ovirt"));
      const found = await session.authenticate();
      assert.deepEqual(found.user, {
        id: "admin",
        name: "admin",
        domain: { id: "default", name: "Default" },
      });
      assert.equal(session.state.status, "unscoped");
      assert.deepEqual(await session.token(), found);
      assertHides(session, secret, found.id);
    },
  },
  {
    name: "authenticate() with a tenant gives a token of that project, whose catalog has the network",
    async run(env) {
      const server = v2Server(env, "keystone");
      const auth = passwordV2({ username: "demo", password: secret, tenant: { name: "demo" } });
      const session = sessionAt(server, { auth });
      const { scope } = await session.authenticate();
      const domain = { id: "default", name: "Default" };
      assert.deepEqual<unknown>(scope, { project: { ...tenant, domain } });
      assert.equal(session.state.status, "scoped");
      const neutron = await session.service("network");
      assert.deepEqual(await neutron.get("v2.0/networks").json(), { networks: [] });
    },
  },
  {
    name: "endpoint() at oVirt finds each interface of each service",
    async run(env) {
      const { endpoint } = sessionAt(v2Server(env, "ovirt"));
      const network = await endpoint("network");
      assert.match(network.url, /\/ovirt\/[\w-]+\/$/);
      for (const face of ["internal", "admin"] as const) {
        assert.equal((await endpoint({ type: "network", interface: face })).url, network.url);
      }
      assert.equal((await endpoint({ type: "network", region: "RegionOne" })).url, network.url);
      assert.equal((await endpoint("compute")).url, `${network.url}v2.1/`);
      await failure(endpoint("object-store"), EndpointNotFoundError);
    },
  },
  {
    name: "token() of several callers at once is one login",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const session = sessionAt(server);
      const tokens = await Promise.all([session.token(), session.token(), session.token()]);
      assert.lengthOf(new Set(tokens), 1);
      assert.deepEqual(lines(await server.log()), [login]);
    },
  },
  {
    name: "tokenV2 at oVirt gives the same token back, and the session uses it",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const { id } = await sessionAt(server).token();
      const session = sessionAt(server, { auth: tokenV2(id) });
      const neutron = await session.service("network");
      assert.deepEqual(await neutron.get("v2.0/networks").json(), { networks: [] });
      assert.equal((await session.token()).id, id);
    },
  },
  {
    name: "a call after which the token has ended is answered after one renewal",
    async run(env) {
      const server = v2Server(env, "dead-once");
      const neutron = await sessionAt(server).service("network");
      assert.deepEqual(await neutron.get("v2.0/networks").json(), { networks: [] });
      const log = await server.log();
      assert.deepEqual(lines(log), [login, list, login, list]);
      assert.notEqual(log[1]?.token, log[3]?.token);
    },
  },
  {
    name: "a token without an end counts as alive for the method's lifetime",
    async run(env) {
      const began = Date.now();
      for (const [auth, seconds] of [
        [passwordV2(admin), 3600],
        [passwordV2({ ...admin, lifetime: 86_400 }), 86_400],
      ] as const) {
        const { expiresAt } = await sessionAt(v2Server(env, "null-expires"), { auth }).token();
        assert.closeTo((Number(expiresAt) - began) / 1000, seconds, 60);
      }
    },
  },
  {
    name: "revoke() forgets the token, of which the server hears nothing",
    async run(env) {
      const server = v2Server(env, "ovirt");
      const session = sessionAt(server);
      const { id } = await session.token();
      await session.revoke();
      assert.deepEqual(session.state, { status: "unauthenticated" });
      const log = await server.log();
      assert.notInclude(
        log.map(({ method }) => method),
        "DELETE",
      );
      assert.notInclude(lines(log).join(), id);
      assert.notEqual((await session.token()).id, id);
    },
  },
  {
    name: "restore() takes up the token of the same user and tenant, and of no other",
    async run(env) {
      const server = v2Server(env, "keystone");
      const store = mapStore();
      const of = (username: string, name: string) =>
        sessionAt(server, {
          store,
          auth: passwordV2({ username, password: secret, tenant: { name } }),
        });
      const { id } = await of("demo", "demo").token();
      assert.isFalse(await of("other", "demo").restore());
      assert.isFalse(await of("demo", "other").restore());
      const session = of("demo", "demo");
      assert.isTrue(await session.restore());
      assert.equal((await session.token()).id, id);
      assert.deepEqual(lines(await server.log()), [login]);
    },
  },
];

export default cases;
