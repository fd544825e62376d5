/** Texts of servers, and addresses: none of them throws, shows a secret, or takes long. */
import { assert } from "chai";
import fc from "fast-check";
import { splitVersion } from "../../src/catalog/api-version.ts";
import { showWords } from "../../src/redact.ts";
import { secretsOf } from "../../src/secrets-of.ts";
import type { Case } from "../case.ts";
import { anyText, holds, json } from "../model/fuzz.ts";

/** What somebody may have as a password: four characters or more, with anything in them. */
const secret = fc.string({ minLength: 4, maxLength: 12, unit: "grapheme" });

const segment = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter((one) => !/^v\d/.test(one));
const prefix = fc
  .tuple(segment, fc.array(segment, { maxLength: 3 }))
  .map(([host, path]) => [`https://${host}.example`, ...path].join("/"));

const cases: readonly Case[] = [
  {
    name: "words that repeat a secret are left out, whatever is around it and however it is escaped",
    run: () =>
      holds(fc.tuple(anyText, secret, anyText), ([before, hidden, after]) => {
        const forms = [hidden, JSON.stringify(hidden), encodeURIComponent(hidden)];
        for (const form of forms) {
          const shown = showWords(`${before} ${form} ${after}`, {
            values: [hidden],
            complete: true,
          });
          if (!`${before}${after}[redacted]`.includes(hidden)) assert.notInclude(shown, hidden);
        }
      }),
  },
  {
    name: "every secret of a request is known, and nothing throws for what is none",
    run: () =>
      holds(fc.tuple(secret, json, anyText), ([hidden, value, text]) => {
        const bodies = [
          { auth: { identity: { password: { user: { password: hidden, extra: value } } } } },
          { auth: { identity: { totp: { user: { passcode: hidden } }, extra: value } } },
          { auth: { identity: { token: { id: hidden } } }, extra: value },
          { auth: { application_credential: { id: "a", secret: hidden } }, extra: value },
          { server: { adminPass: hidden }, parameters: { DBPassword: hidden } },
        ];
        const secretsIn = (body: unknown) => secretsOf(undefined, "http://a/", body).values;
        for (const body of bodies) assert.include(secretsIn(JSON.stringify(body)), hidden);
        for (const found of secretsIn(text)) assert.isString(found);
      }),
  },
  {
    name: "an address is split into what it was made of",
    run: () =>
      holds(
        fc.tuple(prefix, fc.constantFrom("v2.0", "v3", "v3.14"), fc.constantFrom("", "/", "//")),
        ([base, version, end]) => {
          assert.deepEqual(splitVersion(`${base}/${version}${end}`), [base, version]);
          assert.deepEqual(splitVersion(`${base}${end}`), [base, undefined]);
        },
      ),
  },
  {
    name: "any other text has a base that it begins with",
    run: () =>
      holds(fc.oneof(anyText, fc.webUrl()), (text) => {
        const [base, version] = splitVersion(text);
        if (version) assert.isTrue(text.includes(version));
        else assert.isTrue(text.startsWith(base));
      }),
  },
  {
    name: "a long text of one character takes no longer than it has to",
    run() {
      const began = Date.now();
      for (const character of ["<", "/", " ", "a", "eyJ", "gAAAA", "/v1", "\\", '"']) {
        const long = character.repeat(50_000);
        showWords(long, { values: ["s3cret"], complete: true });
        splitVersion(`https://a.example/${long}x`);
        secretsOf(undefined, "http://a/", long);
      }
      assert.isBelow(Date.now() - began, 1500);
    },
  },
];

export default cases;
