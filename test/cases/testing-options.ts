/** What the Keystone in memory is made from, and how it is reached. */
import { assert } from "chai";
import { createSession, OptionsError, password, validateToken } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { lines } from "../testing/told.ts";

const cases: readonly Case[] = [
  {
    name: "without options there is the user demo, member of the project demo",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession(keystone.options);
      const { user, scope, roles, catalog } = await session.token();
      assert.equal(user.name, "demo");
      assert.deepInclude(user.domain, { id: "default", name: "Default" });
      assert.equal((scope as { project: { name: string } }).project.name, "demo");
      assert.includeMembers(
        roles.map(({ name }) => name),
        ["member"],
      );
      assert.equal(catalog[0]?.endpoints[0]?.url, keystone.authUrl);
      assert.deepEqual(lines(keystone), ["POST /v3/auth/tokens 201"]);
    },
  },
  {
    name: "an unversioned address is discovered, with its prefix",
    async run() {
      const keystone = createTestKeystone({ authUrl: "https://cloud.test/identity/v3" });
      const session = createSession({
        ...keystone.options,
        authUrl: "https://cloud.test/identity",
      });
      await session.projects();
      assert.deepEqual(lines(keystone), [
        "GET /identity/ 300",
        "POST /identity/v3/auth/tokens 201",
        "GET /identity/v3/auth/projects 200",
      ]);
    },
  },
  {
    name: "fetch takes an address, a URL and a Request, as the real one",
    async run() {
      const keystone = createTestKeystone();
      const { fetch, authUrl } = keystone;
      const given = [authUrl, new URL(authUrl), new Request(authUrl)];
      for (const input of given) assert.equal((await fetch(input)).status, 200);
      const head = await fetch(new Request(authUrl), { method: "HEAD" });
      assert.deepEqual([head.status, await head.text()], [200, ""]);
      assert.lengthOf(keystone.requests, 4);
      keystone.clearRequests();
      assert.deepEqual(keystone.requests, []);
    },
  },
  {
    name: "no password and no token is among the requests",
    async run() {
      const keystone = createTestKeystone({ users: [{ name: "demo", password: "pa55-w0rd" }] });
      const session = createSession(keystone.options);
      const { id } = await session.token();
      await session.projects();
      await keystone.fetch(`${keystone.authUrl}/users?name=${id}`);
      assertHides(keystone.requests, "pa55-w0rd", id);
    },
  },
  {
    name: "users of several domains, and a token for what receives tokens",
    async run() {
      const keystone = createTestKeystone({
        domains: ["research"],
        projects: [{ name: "genome", domain: "research" }],
        users: [
          { name: "ada", domain: "research", defaultProject: "genome" },
          { name: "root", roles: [{ role: "admin", system: "all" }] },
        ],
      });
      const ada = createSession(keystone.options);
      const id = keystone.issueToken({ name: "ada", domain: "research" });
      const { user, methods } = await validateToken(ada, id);
      assert.deepInclude(user, { name: "ada" });
      assert.deepEqual([...methods], ["password"]);
      const root = createSession({ ...keystone.optionsFor("root"), scope: { system: "all" } });
      assert.deepEqual((await root.token()).scope, { system: "all" });
      const unscoped = createSession({ ...keystone.options, scope: undefined });
      assert.property((await unscoped.token()).scope, "project");
    },
  },
  {
    name: "a wrong option is named",
    async run() {
      const wrong: readonly [() => unknown, RegExp][] = [
        [() => createTestKeystone({ user: [] } as never), /^user: /],
        [() => createTestKeystone({ authUrl: "keystone" }), /^authUrl: /],
        [() => createTestKeystone({ users: [] }), /^users: /],
        [() => createTestKeystone({ tokenLife: 0 }), /^tokenLife: /],
        [() => createTestKeystone({ services: [{ type: "x", url: "y" }] }), /^services.url: /],
        [
          () => createTestKeystone({ users: [{ name: "x", roles: [{ role: "king" }] }] }),
          /^users.roles.role: .*admin/,
        ],
        [
          () => createTestKeystone({ projects: [{ name: "x", domain: "y" }] }),
          /^projects.domain: .*Default/,
        ],
        [() => createTestKeystone().failNext(200), /^status: /],
        [() => createTestKeystone().disableUser("nobody"), /^user: /],
        [() => createTestKeystone().optionsFor("demo", "nothing"), /^project: /],
      ];
      for (const [work, message] of wrong) {
        assert.match((await failure(work, OptionsError)).message, message);
      }
    },
  },
  {
    name: "a login by the SDK's own password() is the same as that of its options",
    async run() {
      const keystone = createTestKeystone();
      const auth = password({ name: "demo", domain: { name: "Default" }, password: "secret" });
      const session = createSession({ ...keystone.options, auth });
      assert.equal((await session.token()).user.name, "demo");
    },
  },
];

export default cases;
