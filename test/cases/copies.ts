/** The built files: the one for a CDN works by itself, and the package recognizes its errors. */
import { assert } from "chai";
import * as whole from "keystone-fetch";
import { isKeystoneError, KeystoneError, OptionsError } from "keystone-fetch";
import * as copy from "keystone-fetch/keystone-fetch.min.js";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { project } from "../fixtures/sessions.ts";

const cases: readonly Case[] = [
  {
    name: "the minified file has the same names, and logs in",
    async run(env) {
      assert.sameMembers(Object.keys(copy), Object.keys(whole));
      const { name, password, domain } = env.accounts.demo;
      const auth = copy.password({ name, domain: { name: domain }, password });
      const session = copy.createSession({ authUrl: env.keystone, auth, scope: project("web") });
      assert.lengthOf(await session.projects(), 2);
      await session.revoke();
    },
  },
  {
    name: "an error of another copy is recognized, by its mark and not by its class",
    async run() {
      const error = await outcome(() => copy.token(""));
      assert.notInstanceOf(error, KeystoneError);
      assert.isTrue(isKeystoneError(error));
      assert.include(error, { name: "OptionsError", code: "Options" });
      assert.isTrue(copy.isKeystoneError(new OptionsError("ours")));
    },
  },
  {
    name: "nothing else is recognized",
    async run() {
      for (const other of [
        undefined,
        null,
        "",
        "error",
        1,
        {},
        new Error("other"),
        new TypeError("x"),
      ]) {
        assert.isFalse(isKeystoneError(other));
      }
    },
  },
];

export default cases;
