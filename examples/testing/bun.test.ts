import { expect, test } from "bun:test";
import { createSession, MultiFactorRequiredError } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";

test("a password alone is not enough", async () => {
  const keystone = createTestKeystone();
  keystone.requireTotp("demo");
  const error = await createSession(keystone.options)
    .token()
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(MultiFactorRequiredError);
  expect(error.required).toEqual([["password", "totp"]]);
});
