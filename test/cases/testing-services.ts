/** The services of the Keystone in memory, and what it does not know. */
import { assert } from "chai";
import { createSession } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { logins, nova } from "../testing/told.ts";

const cases: readonly Case[] = [
  {
    name: "a service's version document is there for anybody",
    async run() {
      const versions = { versions: [{ id: "v2.1", version: "2.90", min_version: "2.1" }] };
      const keystone = createTestKeystone({ services: [{ ...nova, versions }] });
      for (const path of ["", "/v2.1", "/v2.1/"]) {
        const response = await keystone.fetch(`https://nova.test${path}`);
        assert.deepEqual([response.status, await response.json()], [200, versions]);
      }
      const { status } = await keystone.fetch("https://nova.test/v2.1/1/servers");
      assert.equal(status, 401);
    },
  },
  {
    name: "a service refuses a bad token as keystonemiddleware does before the real Placement",
    only: ["node", "deno", "bun", "workerd", "edge"],
    async run({ placement }) {
      if (!placement) return;
      const keystone = createTestKeystone({
        services: [{ type: "placement", url: "https://placement.test" }],
      });
      const told = async (response: Response) => ({
        status: response.status,
        type: response.headers.get("Content-Type"),
        challenge: response.headers.get("WWW-Authenticate")?.replace(/"http[^"]*"/, "its address"),
        body: await response.json(),
      });
      const headers = { "X-Auth-Token": "nobodys-token" };
      const path = "/resource_providers";
      assert.deepEqual(
        await told(await keystone.fetch(`https://placement.test${path}`, { headers })),
        await told(await fetch(`${placement}${path}`, { headers })),
      );
    },
  },
  {
    name: "a service is called only with a good token, and is told whose it is",
    async run() {
      const keystone = createTestKeystone({
        projects: ["demo", "web"],
        services: [
          {
            ...nova,
            handler: (request, { user, project, roles }) =>
              Response.json({
                path: new URL(request.url).pathname,
                user: user.name,
                project: project?.name,
                roles: roles?.map(({ name }) => name),
              }),
          },
        ],
      });
      const session = createSession(keystone.options);
      const compute = await session.service("compute");
      const { scope } = await session.token();
      const { id } = (scope as { project: { id: string } }).project;
      assert.deepEqual(await compute.get("servers").json(), {
        path: `/v2.1/${id}/servers`,
        user: "demo",
        project: "demo",
        roles: ["member", "reader"],
      });
      const refused = await keystone.fetch("https://nova.test/v2.1/x", {
        headers: { "X-Auth-Token": "nobodys-token" },
      });
      assert.equal(refused.status, 401);
      assert.equal(
        refused.headers.get("WWW-Authenticate"),
        'Keystone uri="http://keystone.test/v3"',
      );
      keystone.expireTokens();
      await compute.get("servers").json();
      assert.lengthOf(logins(keystone), 2);
    },
  },
  {
    name: "it says what it does not know: a route, a service without a handler, another address",
    async run() {
      const keystone = createTestKeystone({ services: [nova] });
      const headers = { "X-Auth-Token": keystone.issueToken("demo") };
      const said = async (url: string) => {
        const response = await keystone.fetch(url, { headers });
        return [response.status, (await response.json()).error.message];
      };
      assert.deepEqual(await said(`${keystone.authUrl}/OS-TRUST/trusts`), [
        501,
        "GET /v3/OS-TRUST/trusts is not in the test Keystone.",
      ]);
      const [status, message] = await said("https://nova.test/v2.1/1/servers");
      assert.equal(status, 501);
      assert.match(message, /GET \/v2.1\/1\/servers.*compute/);
      const error = await outcome(keystone.fetch("https://elsewhere.test/x"));
      assert.match(String(error), /elsewhere.test.*only for http:\/\/keystone.test/);
    },
  },
];

export default cases;
