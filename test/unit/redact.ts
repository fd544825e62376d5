/** Secrets of a request, and a server's words that repeat them. */
import { assert } from "chai";
import { repeatsSecret, showWords } from "../../src/redact.ts";
import { secretsOf } from "../../src/secrets-of.ts";
import { wordsOf } from "../../src/transport/server-words.ts";
import type { Case } from "../case.ts";

const fernet = `gAAAAABnQAAA-_${"x".repeat(150)}==`;
const jws = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_natur";

const secretsIn = (body: unknown, headers?: HeadersInit, url = "http://a.example/") =>
  secretsOf(headers && new Headers(headers), url, body).values;

const json = (document: object) => JSON.stringify(document);

const login = (identity: object) => json({ auth: { identity } });

const bodies: Record<string, [unknown, string[]]> = {
  "a password": [
    login({
      methods: ["password"],
      password: { user: { name: "demo", domain: { name: "Default" }, password: "s3cret" } },
    }),
    ["s3cret"],
  ],
  "a token": [login({ methods: ["token"], token: { id: "t0ken" } }), ["t0ken"]],
  "an application credential": [
    login({ application_credential: { id: "0a74", secret: "s3cret" } }),
    ["s3cret"],
  ],
  "a passcode": [login({ totp: { user: { id: "0a74", passcode: "123456" } } }), ["123456"]],
  "a change of password": [
    json({ user: { original_password: "0ld", password: "n3w" } }),
    ["0ld", "n3w"],
  ],
  "a credential, whose blob is a document": [
    json({ credential: { type: "ec2", blob: '{"access":"a","secret":"s3cret"}' } }),
    ['{"access":"a","secret":"s3cret"}', "a", "s3cret"],
  ],
  "what services call a secret": [
    json({
      connection: { psk: "a1" },
      accept: { auth_key: "b2" },
      node: { ssh_key_contents: "c3" },
    }),
    ["a1", "b2", "c3"],
  ],
  "a password that is a number": [
    json({ user: { name: "demo", password: 12345678 } }),
    ["12345678"],
  ],
  "Nova's adminPass": [json({ server: { adminPass: "s3cret", name: "web" } }), ["s3cret"]],
  "Heat's parameters": [json({ parameters: { DBPassword: "s3cret", flavor: "m1" } }), ["s3cret"]],
  "what forms call a passcode or a password": [
    json({
      otp: "123456",
      user: { pin: "4711" },
      db_pw: "a1",
      pw: "b2",
      spinning: "c",
      optional: "d",
    }),
    ["123456", "4711", "a1", "b2"],
  ],
  "Barbican's payload": [
    json({ payload: "s3cret", payload_content_type: "text/plain" }),
    ["s3cret"],
  ],
  "a form": [new URLSearchParams({ grant_type: "x", client_secret: "s3cret" }), ["s3cret"]],
  "a secret as plain text": ["s3cret", ["s3cret"]],
  "bytes of JSON": [new TextEncoder().encode(json({ password: "s3cret" })), ["s3cret"]],
  nothing: [json({ project: { name: "web" } }), []],
};

/** The forms in which servers repeat what they were told. */
const forms: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "in capitals": (text) => text.toUpperCase(),
  "in JSON": (text) => JSON.stringify(text),
  "in JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
  "as Python writes it": (text) => `'${text.replace(/[\\']/g, "\\$&")}'`,
  "in a URL": (text) => encodeURIComponent(text),
  "in a form": (text) => new URLSearchParams({ p: text }).toString(),
  "in HTML": (text) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`),
  "in bytes as Python writes them": (text) =>
    [...new TextEncoder().encode(text)].map((byte) => `\\x${byte.toString(16)}`).join(""),
  "on several lines": (text) => text.replaceAll(" ", "\n  "),
  "in base64": (text) => btoa(String.fromCharCode(...new TextEncoder().encode(`demo:${text}`))),
};

const passwords = [
  "K7&x<9Q>z!4",
  `a"b'c&d<e>f`,
  "пароль-ключ",
  "Tr0ub4dor&3<x>",
  "horse requires staple",
];

const cases: readonly Case[] = [
  ...Object.entries(bodies).map(([what, [body, secrets]]) => ({
    name: `a body with ${what} has ${secrets.length} secrets`,
    run() {
      assert.sameMembers([...secretsIn(body)], secrets);
    },
  })),
  {
    name: "headers and queries have secrets too",
    run() {
      const headers = {
        "X-Auth-Token": "t0ken",
        Authorization: "Bearer acce55",
        "X-Storage-Pass": "pa55",
        Accept: "x",
      };
      const url = "http://a.example/?temp_url_sig=s1g&limit=5";
      assert.sameMembers(
        [...secretsIn(undefined, headers, url)],
        ["t0ken", "Bearer acce55", "acce55", "pa55", "s1g"],
      );
    },
  },
  {
    name: "a body that can't be searched has no words shown for it",
    run() {
      const secrets = secretsOf(undefined, "http://a.example/", "x".repeat(1_000_001));
      assert.isFalse(secrets.complete);
      assert.match(showWords("No room", secrets), /\[redacted\]$/);
    },
  },
  ...Object.entries(forms).flatMap(([how, form]) =>
    passwords.map((password) => ({
      name: `words that repeat ${password} ${how} are left out as a whole`,
      run() {
        const words = `password ${form(password)} is not good`;
        assert.isTrue(repeatsSecret(words, [password]));
        const shown = showWords(words, { values: [password], complete: true });
        assert.notInclude(shown, "good");
        assert.include(shown, "[redacted]");
      },
    })),
  ),
  {
    name: "a secret that was cut short is known by either end",
    run() {
      assert.isTrue(repeatsSecret(`token ${fernet.slice(0, 40)}…`, [fernet]));
      assert.isFalse(repeatsSecret("token gAAAA", [fernet]));
    },
  },
  {
    name: "a part of a passphrase, or a short secret within a word, is no repetition",
    run() {
      const known = "The request you have made requires authentication.";
      const values = ["horse requires staple", "p", "e"];
      assert.equal(showWords(known, { values, complete: true }), known);
      assert.isTrue(repeatsSecret("the code is p", ["p"]));
    },
  },
  {
    name: "tokens are known by their form",
    run() {
      const none = { values: [], complete: true };
      assert.equal(
        showWords(`Could not find token: ${fernet}.`, none),
        "Could not find token: [redacted].",
      );
      assert.equal(showWords(`${jws} is not`, none), "[redacted] is not");
      assert.equal(showWords("gAAAA is how they begin", none), "gAAAA is how they begin");
    },
  },
  {
    name: "markup, control characters and marks of direction are taken out",
    run() {
      const words =
        "<style>h1 { color: red }</style><h1>No</h1>\n\u001b[31m way\u202e \u0000 out<script>0";
      assert.equal(showWords(words, { values: [], complete: true }), "No [31m way out");
    },
  },
  {
    name: "a long text takes no longer than it has to",
    run() {
      const began = Date.now();
      const values = Array.from({ length: 1000 }, (_, index) => `pw${index}xyzw`);
      for (const part of ["<", "eyJ", "gAAAA", "%41", "&#65;", "\\u0041", "a "]) {
        showWords(part.repeat(300_000), { values, complete: true });
      }
      assert.isBelow(Date.now() - began, 3000);
    },
  },
  {
    name: "words in which a secret appears only once markup and control characters are out",
    run() {
      const secrets = { values: ["horse requires staple"], complete: true };
      for (const gap of ["<br>", "\u200b", "\u0000", "<!-- x -->\n"]) {
        const words = `password ${"horse requires staple".replaceAll(" ", gap)} is not good`;
        assert.match(showWords(words, secrets), /\[redacted\]$/);
      }
    },
  },
  {
    name: "a secret between blanks, or with a tab, is known without them",
    run() {
      assert.isTrue(repeatsSecret("password hunter22 is not good", [" hunter22\n"]));
      assert.isTrue(repeatsSecret("password hunter 22 is not good", ["hunter\t22"]));
      assert.isTrue(repeatsSecret('" ¡ #" is not good', [" ¡ #"]));
      assert.isFalse(repeatsSecret("password is not good", ["  "]));
    },
  },
  {
    name: "a long document can't be searched, and a long file need not be",
    run() {
      const bytes = (text: string) => new TextEncoder().encode(text.padEnd(1_000_001, "x"));
      assert.isFalse(secretsOf(undefined, "http://a.example/", bytes("{")).complete);
      assert.isFalse(secretsOf(undefined, "http://a.example/", bytes("{").buffer).complete);
      assert.isTrue(secretsOf(undefined, "http://a.example/", bytes("PK\u0003\u0004")).complete);
    },
  },
  {
    name: "a document of any number of parts without words is looked at in a thousand of them",
    run() {
      let looked = 0;
      const names = ["message", "description", "cause", "detail", "msg", "error", "Code", "x"];
      const part = (): object => {
        looked++;
        return Object.defineProperties(
          {},
          Object.fromEntries(names.map((name) => [name, { enumerable: true, get: part }])),
        );
      };
      assert.isUndefined(wordsOf(part()));
      assert.isBelow(looked, 20_000);
      assert.equal(wordsOf({ error: { inner: { message: "over quota" } } }), "over quota");
    },
  },
];

export default cases;
