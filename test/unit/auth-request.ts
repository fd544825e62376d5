/** The body of a login, for every method and for several at once. */
import { assert } from "chai";
import { applicationCredential } from "../../src/auth/application-credential.ts";
import { authRequest, expectScope, readMethods } from "../../src/auth/auth-request.ts";
import type { AuthMethod } from "../../src/auth/method.ts";
import { password } from "../../src/auth/password.ts";
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
    async run() {
      // Keystone tells null from absent: what was not given is not there.
      const unscoped = await authRequest(methods, undefined);
      assert.equal(JSON.stringify(unscoped), JSON.stringify({ auth: { identity } }));
      const scoped = await authRequest(methods, { project: { id: "0a74" } });
      assert.deepEqual(scoped, { auth: { identity, scope: { project: { id: "0a74" } } } });
    },
  })),
  {
    name: "unscoped is said, not left out",
    async run() {
      const request = await authRequest([byPassword], "unscoped");
      assert.nestedPropertyVal(request, "auth.scope", "unscoped");
    },
  },
  {
    name: "no scope goes with an application credential, alone or among others",
    run() {
      const credential = applicationCredential({ id: "0a74", secret });
      for (const methods of [[credential], [byPassword, credential]]) {
        assert.throws(() => expectScope(methods, "unscoped"), OptionsError, /^scope: /);
      }
    },
  },
  {
    name: "a payload is asked for once a login, and may come later",
    async run() {
      let asked = 0;
      const own = {
        name: "vault",
        payload: async () => {
          asked++;
          return { key: "value" };
        },
      };
      const request = await authRequest(readMethods(own), undefined);
      assert.deepEqual(request, {
        auth: { identity: { methods: ["vault"], vault: { key: "value" } } },
      });
      assert.equal(asked, 1);
    },
  },
  {
    name: "a payload that can't be sent is refused by its method's name",
    async run() {
      const cyclic: { secret: string; self?: object } = { secret };
      cyclic.self = cyclic;
      for (const given of [cyclic, { secret, life: 1n }, undefined, null, secret, [secret]]) {
        const own = { name: "vault", payload: async () => given as object };
        const error = await authRequest(readMethods(own), undefined).catch((thrown) => thrown);
        assert.instanceOf(error, OptionsError);
        assert.equal(error.message, "payload() of vault: expected an object that can be JSON");
      }
    },
  },
  {
    name: "what is no method is refused by the option's name",
    run() {
      const payload = () => ({});
      const elsewhere = {
        name: "elsewhere",
        payload,
        obtain: async () => ({ id: "a", document: {} }),
      };
      for (const wrong of [
        "s3cret",
        {},
        { name: "a" },
        [byPassword, null],
        [byPassword, elsewhere],
      ]) {
        assert.throws(() => readMethods(wrong), OptionsError, /^auth: (?!.*s3cret)/);
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
      assert.deepEqual(byPassword.identity, { user: { name: "demo", domain } });
      assert.isUndefined(token("gAAAA").identity);
    },
  },
];

export default cases;
