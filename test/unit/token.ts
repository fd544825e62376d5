/** Token documents: everything that two real servers sent, and invalid ones. */
import { assert } from "chai";
import { asToken, parseToken, type Token } from "../../src/token.ts";
import type { Case } from "../case.ts";
import captured from "../fixtures/tokens.json";

// biome-ignore lint/suspicious/noExplicitAny: documents are what they are, that is what is tested
type Document = Record<string, any>;

const documents = Object.entries(captured) as [string, { token: Document }][];

const home = { id: "default", name: "Default" };
const user = { id: "0a74", name: "demo", domain: home };
const times = {
  issued_at: "2026-11-22T04:26:24.000000Z",
  expires_at: "2026-11-22T05:26:24.000000Z",
};
const least = { methods: ["password"], user, ...times };

const read = (more: Document = {}): Token => parseToken("gAAAA", { token: { ...least, ...more } });

/** The scope that a document's parts make. */
function scopeOf({ project, domain, system, "OS-TRUST:trust": trust }: Document): Token["scope"] {
  if (trust) return { trust: { id: trust.id } };
  if (project) return { project };
  if (domain) return { domain };
  return system ? { system: "all" } : "unscoped";
}

/** Times as servers write them, all of one moment. */
const moments = [
  "2026-11-22T04:04:08Z",
  "2026-11-22T04:04:08",
  "2026-11-22T04:04:08.000000Z",
  "2026-11-22T04:04:08.000000",
  "2026-11-22T04:04:08.0",
  "2026-11-22T04:04:08+00:00",
  "2026-11-22T04:04:08+0000",
  "2026-11-22T06:34:08.000000+02:30",
  "2026-11-21T23:04:08-05:00",
  "2026-11-22t04:04:08z",
];

const cases: readonly Case[] = [
  ...documents.map(([where, body]) => ({
    name: `a token of ${where}`,
    run() {
      const document = body.token;
      const token = parseToken("gAAAA", body);
      assert.deepEqual(token.methods, document.methods);
      assert.deepInclude(document.user, token.user);
      assert.deepEqual(token.scope, scopeOf(document));
      assert.deepEqual(token.roles, document.roles ?? []);
      assert.deepEqual(token.auditIds, document.audit_ids);
      assert.equal(token.expiresAt.toISOString(), document.expires_at.replace("000Z", "Z"));
      assert.isAtLeast(Number(token.expiresAt), Number(token.issuedAt));
      assert.lengthOf(token.catalog, (document.catalog ?? []).length);
      // Nothing is lost: each attribute is somewhere.
      const rest = ["is_domain", "OS-TRUST:trust", "application_credential", "service_providers"];
      for (const name of rest) assert.deepEqual(token.extra[name], document[name]);
      const { id, name, domain, ...more } = document.user;
      assert.deepEqual(token.extra.user, more);
    },
  })),
  {
    name: "the least there is makes a token",
    run() {
      const token = read({ roles: null, catalog: null, project: null, audit_ids: null });
      assert.deepEqual(
        [token.scope, token.roles, token.catalog, token.auditIds],
        ["unscoped", [], [], []],
      );
    },
  },
  {
    name: "the id is there for who asks, and not for who looks",
    run() {
      const token = read();
      assert.equal(token.id, "gAAAA");
      assert.isFrozen(token);
      assert.notInclude(JSON.stringify(token), "gAAAA");
      assert.notProperty({ ...token }, "id");
    },
  },
  ...moments.map((moment) => ({
    name: `${moment} is a time, and a time without a zone is UTC`,
    run() {
      const { issuedAt, expiresAt } = read({ issued_at: moment, expires_at: moment });
      assert.equal(issuedAt.toISOString(), "2026-11-22T04:04:08.000Z");
      assert.deepEqual(expiresAt, issuedAt);
    },
  })),
  {
    name: "a federated user, as the API's reference shows one: the domain has no name",
    run() {
      const federated = { "OS-FEDERATION": { identity_provider: "ACME", protocol: "SAML" } };
      const { user: found, extra } = read({
        user: { id: "u%40x", name: "u@x", domain: { id: "Federated" }, ...federated },
      });
      assert.deepEqual(found.domain, { id: "Federated", name: "" });
      assert.deepEqual(extra.user, federated);
    },
  },
  {
    name: "a catalog of the field: a region by its id or by its old name, or none; no names; no endpoints",
    run() {
      const endpoint = { id: "1", interface: "public", url: "https://x.example" };
      const endpoints = [
        { ...endpoint, region: "one", region_id: "two" },
        { ...endpoint, region: "one" },
        { ...endpoint, region: null, region_id: null },
        endpoint,
      ];
      const [full, bare, none] = read({
        catalog: [
          { id: "2", type: "image", name: "", endpoints },
          { type: "dns", name: null, endpoints: [] },
          { type: "key-manager", extra: "kept" },
        ],
      }).catalog;
      assert.deepEqual(
        full?.endpoints.map(({ region }) => region),
        ["two", "one", null, null],
      );
      assert.deepEqual(bare, { id: "", type: "dns", name: "", endpoints: [] });
      assert.deepInclude<object>(none ?? {}, { type: "key-manager", endpoints: [], extra: "kept" });
    },
  },
  {
    name: "a document that repeats the token's id: it is nowhere in the token",
    run() {
      const id = "gAAAA";
      const token = read({
        user: { ...user, token: id },
        methods: ["password", id],
        audit_ids: [id, "a1"],
        roles: [{ id: "r1", name: "member", given: [id] }, id],
        bind: { token: { id } },
      });
      assert.notInclude(JSON.stringify(token), id);
      assert.deepEqual(token.methods, ["password"]);
      assert.deepEqual(token.auditIds, ["a1"]);
    },
  },
  {
    name: "a real token's id is in no text, name or key of what is kept",
    run() {
      const id = "0123456789abcdef0123456789abcdef";
      const document = { ...least, user: { ...user, name: id, note: `token ${id}` }, [id]: 1 };
      const token = parseToken(id, { token: document });
      assert.notInclude(JSON.stringify(token), id);
      assert.equal(token.id, id);
    },
  },
  {
    name: "a copy of a Token hides its id as well, and can't be changed",
    run() {
      const token = read({});
      const copy = asToken({ ...token, id: token.id });
      assert.equal(copy.id, token.id);
      assert.notInclude(JSON.stringify(copy), token.id);
      assert.deepEqual({ ...copy }, { ...token });
      assert.isTrue(Object.isFrozen(copy) && Object.isFrozen(copy.catalog));
      assert.strictEqual(asToken(token), token);
    },
  },
];

export default cases;
