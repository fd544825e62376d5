/** Documents that are not a token: the error says where, and repeats nothing. */
import { assert } from "chai";
import { ResponseError } from "../../src/errors.ts";
import { parseToken } from "../../src/token.ts";
import type { Case } from "../case.ts";

const home = { id: "default", name: "Default" };
const user = { id: "0a74", name: "demo", domain: home };
const least = {
  methods: ["password"],
  user,
  issued_at: "2026-11-22T04:26:24Z",
  expires_at: "2026-11-22T05:26:24Z",
};

/** Changes that make a document invalid, and the place that the error names. */
const broken: readonly [path: string, change: object][] = [
  ["token.user", { user: undefined }],
  ["token.user", { user: null }],
  ["token.user.id", { user: { name: "s3cret", domain: home } }],
  ["token.user.id", { user: { ...user, id: "" } }],
  ["token.user.id", { user: { ...user, id: 1 } }],
  ["token.issued_at", { issued_at: undefined }],
  ["token.expires_at", { expires_at: null }],
  ["token.expires_at", { expires_at: 1_770_000_000 }],
  ["token.issued_at, token.expires_at", { issued_at: "s3cret" }],
  ["token.issued_at, token.expires_at", { expires_at: "s3cret" }],
  ["token.issued_at, token.expires_at", { expires_at: "" }],
  ["token.issued_at, token.expires_at", { expires_at: "2026-11-22T04:00:00Z" }], // before it was issued
];

/** What the field leaves out, empties or breaks, and what is then read of it. */
const odd = [undefined, null, "", 1, "text", [], {}] as const;

const whole = { id: "c", type: "compute", name: "nova", endpoints: [] };
const endpoint = { id: "e", interface: "public", region: "one", url: "https://a.example" };

/** Wrong parts that cost only themselves: what is wrong, where, and what is then in `extra.unread`. */
const parts: readonly [string, object, number][] = [
  ...odd.map((value): [string, object, number] => ["methods", { methods: value }, 0]),
  ...odd.map((value): [string, object, number] => ["audit_ids", { audit_ids: value }, 0]),
  ...odd.map((value): [string, object, number] => ["roles", { roles: value }, 0]),
  ...odd.map((value): [string, object, number] => ["catalog", { catalog: value }, 0]),
  ...odd.map((value): [string, object, number] => ["project", { project: value }, 0]),
  ...odd.map((value): [string, object, number] => [
    "domain",
    { user: { ...user, domain: value } },
    0,
  ]),
  ...odd.map((value): [string, object, number] => [
    "user.name",
    { user: { ...user, name: value } },
    0,
  ]),
  ["a role without an id", { roles: [{ name: "member" }, { id: "r", name: "reader" }] }, 1],
  ["a role that is null", { roles: [null, { id: "r", name: "reader" }] }, 1],
  ["a service without a type", { catalog: [{ name: "b", endpoints: [] }, whole] }, 1],
  ["a service with an empty type", { catalog: [{ ...whole, type: "" }, whole] }, 1],
  ["a service that is null", { catalog: [null, whole] }, 1],
  ["endpoints that are null", { catalog: [{ ...whole, endpoints: null }] }, 0],
  ...[null, undefined, "", 1].map((url): [string, object, number] => [
    "an endpoint without a url",
    { catalog: [{ ...whole, endpoints: [{ ...endpoint, url }, endpoint] }] },
    1,
  ]),
  ...[null, undefined, "", 1].map((face): [string, object, number] => [
    "an endpoint without an interface",
    { catalog: [{ ...whole, endpoints: [{ ...endpoint, interface: face }, endpoint] }] },
    1,
  ]),
];

const cases: readonly Case[] = [
  ...broken.map(([path, change]) => ({
    name: `${path}: ${JSON.stringify(change)} is in no token`,
    run() {
      const wrong = () => parseToken("gAAAA", { token: { ...least, ...change } });
      assert.throws(wrong, ResponseError, `token: expected`);
      assert.throws(wrong, new RegExp(` at ${path.replaceAll(".", "\\.")}$`));
      assert.throws(wrong, /^(?!.*(s3cret|gAAAA|1770000000))/s);
    },
  })),
  ...parts.map(([what, change, left]) => ({
    name: `${what} costs that part alone: ${JSON.stringify(change)}`,
    run() {
      const { extra, ...token } = parseToken("gAAAA", { token: { ...least, ...change } });
      const { unread = [] } = extra;
      assert.lengthOf(unread as unknown[], left);
      assert.isString(token.user.name);
      assert.isString(token.user.domain.id);
      assert.isTrue(token.catalog.every(({ type }) => type === "compute"));
      assert.isTrue(token.roles.every(({ id }) => id === "r"));
      for (const { endpoints } of token.catalog) {
        for (const { url } of endpoints) assert.equal(url, endpoint.url);
      }
    },
  })),
  {
    name: "a region by an empty id is none",
    run() {
      const regions = [{ region_id: "" }, { region: "", region_id: null }, { region: "" }];
      const endpoints = regions.map((region) => ({ ...endpoint, region: undefined, ...region }));
      const { catalog } = parseToken("gAAAA", {
        token: { ...least, catalog: [{ ...whole, endpoints }] },
      });
      assert.deepEqual(
        catalog[0]?.endpoints.map(({ region }) => region),
        [null, null, null],
      );
    },
  },
  {
    name: "anything else is none either",
    run() {
      for (const body of [
        undefined,
        null,
        "",
        "s3cret",
        0,
        [],
        {},
        { token: null },
        { access: {} },
      ]) {
        assert.throws(() => parseToken("gAAAA", body), ResponseError, /^(?!.*s3cret)/);
      }
    },
  },
];

export default cases;
