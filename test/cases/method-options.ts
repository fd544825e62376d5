/** Invalid arguments of methods: named at once, and not repeated. */
import { applicationCredential, password, token } from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertNames, secret } from "../fixtures/failures.ts";

// What follows is wrong by its types, too: programs without types pass such values.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Wrong = any;

const domain = { name: "Default" };

/** The argument of a function that makes a method, and what its error names. */
const methods: readonly [string, (given: Wrong) => unknown, Wrong][] = [
  ["password", password, undefined],
  ["password", password, secret],
  ["password", password, { password: secret }],
  ["password", password, { name: "", domain, password: secret }],
  ["password", password, { domain, password: secret }],
  ["password.id", password, { id: 1, password: secret }],
  ["password.domain", password, { name: "demo", password: secret }],
  ["password.domain", password, { name: "demo", domain: {}, password: secret }],
  ["password.domain", password, { name: "demo", domain: secret, password: secret }],
  ["password.password", password, { name: "demo", domain, password: "" }],
  ["password.password", password, { id: "0a74", password: undefined }],
  ["password.password", password, { id: "0a74", password: { secret } }],
  ["token", token, ""],
  ["token", token, undefined],
  ["token", token, { id: secret }],
  ["applicationCredential", applicationCredential, undefined],
  ["applicationCredential", applicationCredential, { secret }],
  ["applicationCredential.user", applicationCredential, { name: "ac", secret }],
  [
    "applicationCredential.user.domain",
    applicationCredential,
    { name: "ac", user: { name: "demo" }, secret },
  ],
  ["applicationCredential.secret", applicationCredential, { id: "0a74", secret: "" }],
];

const cases: readonly Case[] = [
  {
    name: "nothing but good identities and secrets make a method",
    async run() {
      for (const [option, make, given] of methods) await assertNames(() => make(given), option);
    },
  },
];

export default cases;
