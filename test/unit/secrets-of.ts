/** Where secrets stand in the bodies and headers of requests, beside the places that have a name. */
import { assert } from "chai";
import { secretsOf } from "../../src/secrets-of.ts";
import type { Case } from "../case.ts";

const pw = "hunter2";
const url = "http://a.example/";

const json = (document: unknown) => JSON.stringify(document);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Bodies in which the password is found. */
const bodies: Record<string, unknown> = {
  "a patch": json([{ op: "replace", path: "/driver_info/ipmi_password", value: pw }]),
  "a patch of an object": json([{ op: "add", path: "/auth_key", value: { of: { it: pw } } }]),
  "a list of settings": json({ settings: [{ name: "password", value: pw }] }),
  "a list of keys": json([{ key: "db_password", value: pw }]),
  "a secret_id": json({ role_id: "a", secret_id: pw }),
  "a token_id": json({ token_id: pw }),
  "a blob after a blank": json({ credential: { blob: ` {"secret":"${pw}"}` } }),
  "a blob that is an address": json({
    credential: { blob: `otpauth://totp/a?issuer=b&secret=${pw}` },
  }),
  "the answer of a method of one's own": json({
    auth: { identity: { methods: ["quiz"], quiz: { user: { id: "a", answer: pw } } } },
  }),
  "the answers of a method of one's own": json({
    auth: { identity: { methods: ["quiz"], quiz: { answers: [{ says: pw }] } } },
  }),
  XML: `<user name="a"><password>${pw}</password></user>`,
  "XML with entities": "<password>hunter&#50;</password>",
  YAML: `user: a\npassword: ${pw}\n`,
  "lines of settings": `[db]\npassword=${pw}\n`,
  "multipart as bytes": bytes(
    `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${pw}\r\n--b--\r\n`,
  ),
  "a form": `name=a&password=${pw}`,
  "a form with an empty value": `name=&password=${pw}`,
};

/** Bodies that are a secret as a whole. */
const wholes = ["c2VjcmV0LXNlY3JldA==", "c2VjcmV0LXNlY3JldDE=", "4815162342", "x".repeat(12_000)];

/** Bodies that are not searched to their end. */
const endless: Record<string, unknown> = {
  "a long text": "ab ".repeat(20_000),
  "a text of many parts": Array.from({ length: 3000 }, (_, index) => `w${index}`).join(" "),
  "a long array in bytes": bytes(`[${'"x",'.repeat(300_000)}"x"]`),
  "a long form in bytes": bytes(`a=${"x".repeat(1_000_000)}&password=${pw}`),
  "a deep document": `${"[".repeat(60)}{"password":"${pw}"}${"]".repeat(60)}`,
  "secrets without end": json({ password: "x".repeat(300_000) }),
};

const valuesOf = (body: unknown) => secretsOf(undefined, url, body);

const cases: readonly Case[] = [
  ...Object.entries(bodies).map(([what, body]) => ({
    name: `a password in ${what} is found`,
    run() {
      const { values, complete } = valuesOf(body);
      assert.include(values, pw);
      assert.isTrue(complete);
    },
  })),
  {
    name: "a text that only looks like a form or a document is a secret as a whole",
    run() {
      for (const body of wholes) {
        assert.include(valuesOf(body).values, body);
        assert.include(valuesOf(bytes(body)).values, body);
        assert.isTrue(valuesOf(body).complete);
      }
    },
  },
  ...Object.entries(endless).map(([what, body]) => ({
    name: `${what} is not searched to its end, and says so`,
    run: () => assert.isFalse(valuesOf(body).complete),
  })),
  {
    name: "names of whom a method means, and the id of a key, are no secrets",
    run() {
      const user = { id: "u1", name: "demo", domain: { id: "default" } };
      const identity = { methods: ["quiz"], quiz: { user, user_id: "u2", project: { name: "p" } } };
      assert.isEmpty(valuesOf(json({ auth: { identity } })).values);
      assert.isEmpty(valuesOf(json({ access_key_id: "a", password_expires_at: "b" })).values);
      assert.isEmpty(valuesOf(json([{ op: "replace", path: "/name", value: "web" }])).values);
    },
  },
  {
    name: "a file has no words of its own",
    run() {
      const { values, complete } = valuesOf(bytes("PK\u0003\u0004 in the of a \u0000"));
      assert.lengthOf(values, 1);
      assert.isTrue(complete);
    },
  },
  {
    name: "every value of a Cookie is a secret, and of a Set-Cookie its first",
    run() {
      const sent = new Headers({ Cookie: `a=b1c2; session=${pw}; c=d` });
      assert.includeMembers([...secretsOf(sent, url, undefined).values], ["b1c2", pw, "d"]);
      const got = new Headers([["Set-Cookie", `session=${pw}; Path=/; SameSite=Lax`]]);
      const { values } = secretsOf(got, url, undefined);
      assert.include(values, pw);
      assert.notIncludeMembers([...values], ["/", "Lax"]);
    },
  },
  {
    name: "a query is read to its end",
    run() {
      const { values } = secretsOf(undefined, `${url}?back=a?b&token=${pw}`, undefined);
      assert.sameMembers([...values], [pw]);
    },
  },
];

export default cases;
