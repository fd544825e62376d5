/** Arguments from which a method of Identity v2.0 can be made, and others. */
import { assert } from "chai";
import { OptionsError } from "../../src/errors.ts";
import { passwordV2 } from "../../src/v2/password-v2.ts";
import { tokenV2 } from "../../src/v2/token-v2.ts";
import type { Case } from "../case.ts";

// What follows is wrong by its types as well: it is what a program without types gives.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Wrong = any;

const secret = "s3cret-w0rd";
const admin = { username: "admin@internal", password: secret };

/** The arguments, and the option that the error names. */
const passwords: readonly [Wrong, string][] = [
  [undefined, "passwordV2"],
  [null, "passwordV2"],
  [secret, "passwordV2"],
  [{}, "passwordV2.username"],
  [{ password: secret }, "passwordV2.username"],
  [{ ...admin, username: "" }, "passwordV2.username"],
  [{ ...admin, username: 1 }, "passwordV2.username"],
  [{ ...admin, password: "" }, "passwordV2.password"],
  [{ ...admin, password: { secret } }, "passwordV2.password"],
  [{ ...admin, tenant: secret }, "passwordV2.tenant"],
  [{ ...admin, tenant: null }, "passwordV2.tenant"],
  [{ ...admin, tenant: {} }, "passwordV2.tenant"],
  [{ ...admin, tenant: { id: "", name: "" } }, "passwordV2.tenant"],
  [{ ...admin, tenant: { id: 1 } }, "passwordV2.tenant"],
  [{ ...admin, lifetime: 0 }, "passwordV2.lifetime"],
  [{ ...admin, lifetime: -1 }, "passwordV2.lifetime"],
  [{ ...admin, lifetime: Number.NaN }, "passwordV2.lifetime"],
  [{ ...admin, lifetime: 2 ** 31 }, "passwordV2.lifetime"],
  [{ ...admin, lifetime: "3600" }, "passwordV2.lifetime"],
];

const tokens: readonly [Wrong, Wrong, string][] = [
  [undefined, undefined, "tokenV2"],
  ["", undefined, "tokenV2"],
  [{ id: secret }, undefined, "tokenV2"],
  [secret, null, "tokenV2 options"],
  [secret, secret, "tokenV2 options"],
  [secret, { tenant: secret }, "tokenV2.tenant"],
  [secret, { lifetime: 0 }, "tokenV2.lifetime"],
];

function assertNames(work: () => unknown, option: string): void {
  try {
    work();
  } catch (error) {
    assert.instanceOf(error, OptionsError);
    const { message } = error as OptionsError;
    assert.isTrue(message.startsWith(`${option}: expected `), message);
    assert.notInclude(message, secret);
    return;
  }
  assert.fail("nothing was thrown");
}

const cases: readonly Case[] = [
  ...passwords.map(([given, option]) => ({
    name: `passwordV2 of ${JSON.stringify(given)} throws an OptionsError that names ${option}`,
    run: () => assertNames(() => passwordV2(given), option),
  })),
  ...tokens.map(([id, options, option]) => ({
    name: `tokenV2 of ${JSON.stringify([id, options])} throws an OptionsError that names ${option}`,
    run: () => assertNames(() => tokenV2(id, options), option),
  })),
  {
    name: "passwordV2 tells its user and its tenant, and shows no password",
    run() {
      const auth = passwordV2({ ...admin, tenant: { name: "demo" } });
      assert.isFrozen(auth);
      assert.equal(auth.name, "password");
      assert.deepEqual(auth.identity, {
        passwordCredentials: { username: "admin@internal" },
        tenantName: "demo",
      });
      const shown = Object.entries(auth).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
      assert.notInclude(`${shown} ${JSON.stringify(auth)}`, secret);
    },
  },
  {
    name: "passwordV2 of the same user in another tenant has another identity",
    run() {
      const identities = [undefined, { id: "one" }, { name: "one" }].map((tenant) =>
        JSON.stringify(passwordV2({ ...admin, tenant }).identity),
      );
      assert.lengthOf(new Set(identities), 3);
    },
  },
  {
    name: "tokenV2 tells nothing of whose it is, and shows no token",
    run() {
      const auth = tokenV2(secret, { tenant: { id: "63a0" } });
      assert.isFrozen(auth);
      assert.equal(auth.name, "token");
      assert.isUndefined(auth.identity);
      assert.notInclude(JSON.stringify(auth), secret);
    },
  },
];

export default cases;
