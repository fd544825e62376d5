/** The records of a list are read as valibot alone would read them, but for the copy. */
import { assert } from "chai";
import fc from "fast-check";
import { safeParse } from "valibot";
import { applicationCredentialKind } from "../../src/identity/records/application-credential.ts";
import { endpointKind } from "../../src/identity/records/endpoint.ts";
import { projectKind } from "../../src/identity/records/project.ts";
import { userKind } from "../../src/identity/records/user.ts";
import type { Kind } from "../../src/identity/shared/kind.ts";
import { recordReader } from "../../src/identity/shared/read-record.ts";
import type { Case } from "../case.ts";
import { holds, json, mutated } from "../model/fuzz.ts";

const user = {
  id: "u1",
  name: "demo",
  domain_id: "default",
  enabled: true,
  email: null,
  password_expires_at: "2030-01-01T00:00:00.000000",
  options: { lock_password: true },
  links: { self: "http://a/v3/users/u1" },
};
const project = { id: "p1", name: "web", enabled: "True", parent_id: null, tags: ["a", 1] };
const endpoint = { id: "e1", interface: "public", url: "http://a", region: null, enabled: false };
const credential = {
  id: "c1",
  name: "ci",
  expires_at: null,
  unrestricted: "false",
  roles: [{ id: "r1", name: "member" }, "reader"],
  access_rules: [{ id: "a1", service: "compute", method: "GET", path: "/v2.1/servers" }],
};

const kinds: readonly [kind: Kind<unknown>, sample: object][] = [
  [userKind, user],
  [projectKind, project],
  [endpointKind, endpoint],
  [applicationCredentialKind, credential],
];

/** Without two names that valibot leaves out, and that are names like others here. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, one) =>
    name === "constructor" || name === "prototype" ? undefined : one,
  );

const reads = ([kind, sample]: (typeof kinds)[number]): Case => ({
  name: `a ${kind.one} of a list is read as valibot reads it`,
  run: () =>
    holds(
      fc.oneof(json, mutated([sample])),
      (value) => {
        const read = recordReader(kind.schema)(value);
        const { success, output } = safeParse(kind.schema, value);
        if (!success) return assert.isUndefined(read);
        assert.deepEqual(comparable(read), comparable(output));
        assert.isFalse(Object.hasOwn(read as object, "__proto__"));
      },
      300,
    ),
});

const cases: readonly Case[] = [
  ...kinds.map(reads),
  {
    name: "a record in which nothing has to be mended is not copied",
    run: () => {
      const record = { ...user, password_expires_at: null };
      assert.strictEqual(recordReader(userKind.schema)(record), record);
      const mended = recordReader(userKind.schema)(user);
      assert.deepEqual(mended, { ...user, password_expires_at: "2030-01-01T00:00:00.000000Z" });
      assert.equal(user.password_expires_at, "2030-01-01T00:00:00.000000", "what came stays");
    },
  },
  {
    name: "what is no record, or has no id, is not read",
    run: () => {
      const read = recordReader(userKind.schema);
      for (const value of [null, undefined, 1, "u1", [], [user], {}, { id: "" }, { id: 1 }]) {
        assert.isUndefined(read(value), JSON.stringify(value));
      }
    },
  },
];

export default cases;
