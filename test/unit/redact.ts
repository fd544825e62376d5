/** Secrets taken out of a server's words. */
import { assert } from "chai";
import { redact, secretsIn } from "../../src/redact.ts";
import type { Case } from "../case.ts";

const fernet = `gAAAAABnQAAA-_${"x".repeat(150)}==`;
const jws = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_natur";

const bodies: Record<string, [unknown, string[]]> = {
  "a password": [
    {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "demo", password: "s3cret" } },
        },
      },
    },
    ["s3cret"],
  ],
  "a token": [{ auth: { identity: { methods: ["token"], token: { id: "t0ken" } } } }, ["t0ken"]],
  "an application credential": [
    { auth: { identity: { application_credential: { id: "0a74", secret: "s3cret" } } } },
    ["s3cret"],
  ],
  "a passcode": [
    { auth: { identity: { totp: { user: { id: "0a74", passcode: "123456" } } } } },
    ["123456"],
  ],
  "a change of password": [{ user: { original_password: "0ld", password: "n3w" } }, ["0ld", "n3w"]],
  "a credential": [
    { credential: { type: "ec2", blob: '{"secret":"s3cret"}' } },
    ['{"secret":"s3cret"}'],
  ],
  "a password that is a number": [{ user: { name: "demo", password: 12345678 } }, ["12345678"]],
  nothing: [{ project: { name: "web" } }, []],
};

const cases: readonly Case[] = [
  ...Object.entries(bodies).map(([what, [body, secrets]]) => ({
    name: `a body with ${what} has ${secrets.length} secrets`,
    run() {
      assert.sameMembers(secretsIn(JSON.stringify(body)), secrets);
    },
  })),
  {
    name: "a body that is no JSON of ours has none",
    run() {
      for (const body of [
        undefined,
        null,
        "",
        "password=s3cret",
        "[",
        new Blob(["{}"]),
        5,
        "null",
        "[null]",
      ]) {
        assert.isEmpty(secretsIn(body));
      }
      assert.isEmpty(secretsIn('{"token":null,"password":{"a":1},"secret":true}'));
    },
  },
  {
    name: "a secret is taken out wherever it stands, as it is or as JSON has it",
    run() {
      const odd = 'a"b\\c\n';
      const text = `s3cret: ${odd} and ${JSON.stringify(odd)}, s3cret.s3cret`;
      const clean = redact(text, ["s3cret", odd]);
      assert.equal(clean, '[redacted]: [redacted] and "[redacted]", [redacted].[redacted]');
      assert.equal(redact("$& (.*)", ["(.*)"]), "$& [redacted]");
    },
  },
  {
    name: "tokens are known by their form",
    run() {
      assert.equal(
        redact(`Could not find token: ${fernet}.`, []),
        "Could not find token: [redacted].",
      );
      assert.equal(redact(`${jws} is not`, []), "[redacted] is not");
      assert.equal(redact("gAAAA is how they begin", []), "gAAAA is how they begin");
    },
  },
  {
    name: "what is no secret stays",
    run() {
      const text = "Could not find user: 0a7427872265468a91112db3dbce3b91.";
      assert.equal(redact(text, [null, "", "s3cret"]), text);
    },
  },
];

export default cases;
