/** What Identity v2.0 answers, as the token and the catalog of v3. */
import { assert } from "chai";
import { findEndpoint } from "../../src/catalog/find-endpoint.ts";
import { ResponseError } from "../../src/errors.ts";
import { parseToken, type Token } from "../../src/token.ts";
import { readAccess } from "../../src/v2/access.ts";
import type { Case } from "../case.ts";

const receivedAt = Date.parse("2026-11-26T07:45:19Z");
const domain = { id: "default", name: "Default" };

/** oVirt's, which says the least. */
const token = { id: "1".padStart(32, "0"), expires: "2026-11-30T11:45:19Z" };
const user = {
  username: "admin",
  roles_links: [],
  id: "",
  roles: [{ name: "admin" }],
  name: "admin",
};
const url = "http://engine.example:9696/";
const addresses = { adminURL: url, internalURL: url, publicURL: url };
const serviceCatalog = [
  {
    type: "network",
    name: "neutron",
    endpoints_links: [],
    endpoints: [{ ...addresses, region: "RegionOne", id: "1" }],
  },
];
const least = { token, user, serviceCatalog };

function read(access: unknown, method: "password" | "token" = "password"): Token {
  const { id, document } = readAccess({ access }, { method, receivedAt, lifetime: 600 });
  return parseToken(id, document);
}

const withToken = (more: object): Token => read({ ...least, token: { ...token, ...more } });
const withUser = (more: object): Token => read({ ...least, user: { ...user, ...more } });
const withCatalog = (catalog: unknown): Token => read({ ...least, serviceCatalog: catalog });

/** What ends of tokens are told, and when they then count as ended: seconds after the answer. */
const ends: readonly [string, object, number][] = [
  ["a time with its zone", { expires: "2026-11-26T08:45:19Z" }, 3600],
  ["a time without a zone, which is UTC", { expires: "2026-11-26T08:45:19.000000" }, 3600],
  ["a time in another zone", { expires: "2026-11-26T10:45:19+02:30" }, 1800],
  ["null", { expires: null }, 600],
  ["nothing", { expires: undefined }, 600],
  ["an empty string", { expires: "" }, 600],
  ["no time", { expires: "tomorrow" }, 600],
  ["a number", { expires: 1_795_684_519 }, 600],
  ["a time that is past", { expires: "2019-01-01T00:00:00Z" }, 600],
  ["the time of the answer itself", { expires: "2026-11-26T07:45:19Z" }, 600],
];

/** What is no token of v2.0, and what the error names. */
const wrong: readonly [string, unknown, string][] = [
  ["nothing", undefined, "access.token.id"],
  ["null", null, "access.token.id"],
  ["a string", "0000", "access.token.id"],
  ["an empty object", {}, "access.token.id"],
  ["no id", { ...least, token: { expires: null } }, "access.token.id"],
  ["an empty id", { ...least, token: { id: "" } }, "access.token.id"],
  ["an id that is a number", { ...least, token: { id: 1 } }, "access.token.id"],
  ["an id that is no header", { ...least, token: { id: "one\r\nX-Two: two" } }, "access.token.id"],
  ["no user", { token, serviceCatalog }, "access.user.name"],
  [
    "a user without a name or an id",
    { ...least, user: { ...user, name: "", username: "" } },
    "access.user.name",
  ],
];

const cases: readonly Case[] = [
  {
    name: "readAccess of oVirt's answer gives a token whose user's id is the name, in the domain default",
    run() {
      const found = read(least);
      assert.equal(found.id, token.id);
      assert.deepEqual(found.methods, ["password"]);
      assert.deepEqual(found.user, { id: "admin", name: "admin", domain });
      assert.deepEqual(found.scope, "unscoped");
      assert.deepEqual(found.roles, [{ id: "admin", name: "admin" }]);
      assert.deepEqual(found.auditIds, []);
      assert.equal(+found.issuedAt, receivedAt);
      assert.equal(+found.expiresAt, Date.parse(token.expires));
      assert.deepInclude(found.extra.user as object, { username: "admin" });
    },
  },
  {
    name: "readAccess of oVirt's answer gives a catalog with an endpoint for each address",
    run() {
      const { catalog } = read(least);
      const one = { id: "1", region: "RegionOne", url };
      assert.deepEqual(catalog, [
        {
          id: "",
          type: "network",
          name: "neutron",
          endpoints: ["public", "internal", "admin"].map((face) => ({ ...one, interface: face })),
        },
      ]);
      assert.equal(findEndpoint(catalog, { type: "network", version: 2 }).url, url);
      assert.equal(findEndpoint(catalog, { type: "network", interface: "admin" }).url, url);
    },
  },
  {
    name: "readAccess of Keystone's scoped answer gives the project, and what it says of itself",
    run() {
      const scoped = withToken({
        issued_at: "2026-11-26T07:45:18.113908",
        tenant: { id: "63a0", name: "demo", enabled: true, description: null },
        audit_ids: ["3T2dc1CGQxyJsHdDu1xkcw"],
      });
      assert.deepEqual(scoped.scope, { project: { id: "63a0", name: "demo", domain } });
      assert.equal(scoped.issuedAt.toISOString(), "2026-11-26T07:45:18.113Z");
      assert.deepEqual(scoped.auditIds, ["3T2dc1CGQxyJsHdDu1xkcw"]);
      const {
        user: named,
        roles,
        extra,
      } = read({
        ...least,
        user: { ...user, id: "0a74", name: "demo", roles: [{ id: "0618", name: "member" }] },
        metadata: { is_admin: 0, roles: ["0618"] },
      });
      assert.deepEqual(named, { id: "0a74", name: "demo", domain });
      assert.deepEqual(roles, [{ id: "0618", name: "member" }]);
      assert.deepEqual(extra.metadata, { is_admin: 0, roles: ["0618"] });
    },
  },
  ...ends.map(([what, more, seconds]) => ({
    name: `readAccess of a token whose end is ${what} gives an end ${seconds} s after the answer`,
    run() {
      const { issuedAt, expiresAt } = withToken(more);
      assert.equal(+issuedAt, receivedAt);
      assert.equal(+expiresAt - receivedAt, seconds * 1000);
    },
  })),
  {
    name: "readAccess of a token that was issued at the end of time gives times all the same",
    run() {
      const { issuedAt, expiresAt } = withToken({
        issued_at: "+275760-09-12T23:59:59Z",
        expires: null,
      });
      assert.isAtLeast(+expiresAt, +issuedAt);
    },
  },
  ...[undefined, null, {}, [], "network", 1].map((catalog) => ({
    name: `readAccess of the service catalog ${JSON.stringify(catalog)} gives an empty one`,
    run() {
      assert.deepEqual(withCatalog(catalog).catalog, []);
    },
  })),
  {
    name: "readAccess of a catalog with broken parts leaves out those alone",
    run() {
      const endpoint = { id: "1", publicURL: url };
      const { catalog } = withCatalog([
        null,
        "network",
        [],
        {},
        { type: "", endpoints: [endpoint] },
        { type: 1, endpoints: [endpoint] },
        { type: "image", name: null, endpoints: null },
        {
          type: "dns",
          endpoints: [null, "no", {}, { publicURL: "" }, { publicURL: 1, adminURL: url }],
        },
        { id: "2", type: "network", endpoints: [endpoint] },
      ]);
      const none = { id: "1", interface: "public", region: null, url };
      assert.deepEqual(catalog, [
        { id: "", type: "image", name: "", endpoints: [] },
        {
          id: "",
          type: "dns",
          name: "",
          endpoints: [{ id: "", interface: "admin", region: null, url }],
        },
        { id: "2", type: "network", name: "", endpoints: [none] },
      ]);
    },
  },
  {
    name: "readAccess of broken roles, tenants and audit ids leaves out those alone",
    run() {
      const roles = [null, "admin", {}, { name: "" }, { id: "0618" }, { name: "member" }];
      assert.deepEqual(withUser({ roles }).roles, [
        { id: "0618", name: "0618" },
        { id: "member", name: "member" },
      ]);
      for (const broken of [undefined, null, "admin", {}]) {
        assert.deepEqual(withUser({ roles: broken }).roles, []);
        assert.deepEqual(withToken({ tenant: broken, audit_ids: broken }).scope, "unscoped");
      }
      assert.deepEqual(withToken({ audit_ids: ["one", null, 2, ""] }).auditIds, ["one"]);
      const { scope } = withToken({ tenant: { id: "63a0" } });
      assert.deepEqual(scope, { project: { id: "63a0", name: "63a0", domain } });
    },
  },
  {
    name: "readAccess of a user with a username alone, or an id alone, takes that for the name",
    run() {
      assert.equal(withUser({ name: undefined, username: "demo" }).user.name, "demo");
      assert.equal(withUser({ name: "", username: null, id: "0a74" }).user.name, "0a74");
    },
  },
  ...wrong.map(([what, access, path]) => ({
    name: `readAccess of ${what} throws a ResponseError that names ${path}`,
    run() {
      const work = () => readAccess({ access }, { method: "password", receivedAt, lifetime: 600 });
      assert.throws(work, ResponseError, path);
    },
  })),
  {
    name: "readAccess of what is no object throws a ResponseError",
    run() {
      for (const body of [undefined, null, "", 1, [], "<html>"]) {
        const work = () => readAccess(body, { method: "token", receivedAt, lifetime: 600 });
        assert.throws(work, ResponseError, "access.token.id");
      }
    },
  },
];

export default cases;
