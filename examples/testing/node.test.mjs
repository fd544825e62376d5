import assert from "node:assert/strict";
import { test } from "node:test";
import { createSession } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";

test("a disabled user gets nowhere", async () => {
  const keystone = createTestKeystone();
  const session = createSession(keystone.options);
  assert.equal((await session.token()).user.name, "demo");
  keystone.disableUser("demo");
  await assert.rejects(session.projects(), { code: "Unauthorized" });
});
