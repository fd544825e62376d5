/** Documents that are no token: the error tells where, and repeats nothing. */
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

/** Changes after which a document is no token, and the place that the error names. */
const broken: readonly [string, object][] = [
  ["token.methods", { methods: undefined }],
  ["token.methods", { methods: "s3cret" }],
  ["token.methods.0", { methods: [{ s3cret: 1 }] }],
  ["token.user", { user: undefined }],
  ["token.user.id", { user: { name: "s3cret", domain: home } }],
  ["token.user.domain", { user: { id: "s3cret", name: "s3cret" } }],
  ["token.user.domain.id", { user: { ...user, domain: { name: "s3cret" } } }],
  ["token.user.domain.name", { user: { ...user, domain: { id: "s3cret", name: 1 } } }],
  ["token.issued_at", { issued_at: undefined }],
  ["token.expires_at", { expires_at: null }],
  ["token.expires_at", { expires_at: 1_770_000_000 }],
  ["token.project.domain", { project: { id: "s3cret", name: "s3cret" } }],
  ["token.roles", { roles: { s3cret: 1 } }],
  ["token.roles.1.id", { roles: [{ id: "0a74", name: "member" }, { name: "s3cret" }] }],
  ["token.catalog.0.type", { catalog: [{ name: "s3cret" }] }],
  [
    "token.catalog.0.endpoints.0.url",
    { catalog: [{ type: "a", endpoints: [{ interface: "s3cret" }] }] },
  ],
  ["token.issued_at, token.expires_at", { issued_at: "s3cret" }],
  ["token.issued_at, token.expires_at", { expires_at: "s3cret" }],
  ["token.issued_at, token.expires_at", { expires_at: "" }],
  ["token.issued_at, token.expires_at", { expires_at: "2026-11-22T04:00:00Z" }], // before it was issued
];

const cases: readonly Case[] = [
  ...broken.map(([path, change]) => ({
    name: `${JSON.stringify(change)} is in no token`,
    run() {
      const wrong = () => parseToken("gAAAA", { token: { ...least, ...change } });
      assert.throws(wrong, ResponseError, `token: expected`);
      assert.throws(wrong, new RegExp(` at ${path.replaceAll(".", "\\.")}$`));
      assert.throws(wrong, /^(?!.*(s3cret|gAAAA|1770000000))/s);
    },
  })),
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
