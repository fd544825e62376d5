import { createSession } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import { expect, test } from "vitest";

test("a token that Keystone rejects is renewed", async () => {
  const keystone = createTestKeystone();
  const session = createSession(keystone.options);
  await session.token();
  keystone.expireTokens();
  expect(await session.projects()).toMatchObject([{ name: "demo" }]);
  expect(keystone.requests.filter(({ method }) => method === "POST")).toHaveLength(2);
});
