/** The body of a login, for every method and for several at once. */
import { assert } from "chai";
import { applicationCredential } from "../../src/auth/application-credential.ts";
import type { AuthMethod } from "../../src/auth/method.ts";
import { password } from "../../src/auth/password.ts";
import { authRequest } from "../../src/auth/request.ts";
import { token } from "../../src/auth/token.ts";
import { OptionsError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const domain = { name: "Default" };
const secret = "s3cret";
const byPassword = password({ name: "demo", domain, password: secret });

const identities: readonly [string, AuthMethod[], object][] = [
  [
    "a password by name",
    [byPassword],
    { methods: ["password"], password: { user: { name: "demo", domain, password: secret } } },
  ],
  [
    "a password by id",
    [password({ id: "0a74", password: secret })],
    { methods: ["password"], password: { user: { id: "0a74", password: secret } } },
  ],
  [
    "a password by id, with more than is needed",
    [
      password({ id: "0a74", name: "demo", domain, password: secret } as Parameters<
        typeof password
      >[0]),
    ],
    { methods: ["password"], password: { user: { id: "0a74", password: secret } } },
  ],
  ["a token", [token("gAAAA")], { methods: ["token"], token: { id: "gAAAA" } }],
  [
    "an application credential by id",
    [applicationCredential({ id: "0a74", secret })],
    { methods: ["application_credential"], application_credential: { id: "0a74", secret } },
  ],
  [
    "an application credential by name",
    [applicationCredential({ name: "ci", user: { name: "demo", domain }, secret })],
    {
      methods: ["application_credential"],
      application_credential: { name: "ci", user: { name: "demo", domain }, secret },
    },
  ],
  [
    "several methods",
    [byPassword, token("gAAAA")],
    {
      methods: ["password", "token"],
      password: { user: { name: "demo", domain, password: secret } },
      token: { id: "gAAAA" },
    },
  ],
];

const cases: readonly Case[] = [
  ...identities.map(([what, methods, identity]) => ({
    name: `${what}, without a scope and with one`,
    run() {
      // Keystone tells null from absent: what was not given is not there.
      assert.equal(JSON.stringify(authRequest(methods)), JSON.stringify({ auth: { identity } }));
      if (methods[0]?.name === "application_credential") return;
      const scoped = authRequest(methods, { project: { id: "0a74" } });
      assert.deepEqual(scoped, { auth: { identity, scope: { project: { id: "0a74" } } } });
    },
  })),
  {
    name: "unscoped is said, not left out",
    run() {
      assert.nestedPropertyVal(authRequest([byPassword], "unscoped"), "auth.scope", "unscoped");
    },
  },
  {
    name: "no scope goes with an application credential, alone or among others",
    run() {
      const credential = applicationCredential({ id: "0a74", secret });
      for (const methods of [[credential], [byPassword, credential]]) {
        assert.throws(() => authRequest(methods, "unscoped"), OptionsError, /^scope: /);
      }
    },
  },
  {
    name: "a method tells who, and shows no secret",
    run() {
      for (const [, [method]] of identities) {
        assert.isFrozen(method);
        assert.notInclude(JSON.stringify(method), secret);
        assert.notInclude(JSON.stringify(method), "gAAAA");
        assert.notInclude(Object.keys(method ?? {}), "payload");
      }
      assert.deepEqual(byPassword.identity, { name: "demo", domain });
      assert.isUndefined(token("gAAAA").identity);
    },
  },
];

export default cases;
