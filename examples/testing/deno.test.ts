import { createSession } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";

Deno.test("a Keystone that is away for a moment costs a second try", async () => {
  const keystone = createTestKeystone();
  const session = createSession(keystone.options);
  keystone.failNext(503);
  await session.token();
  const statuses = keystone.requests.map(({ status }) => status);
  if (`${statuses}` !== "503,201") throw new Error(`${statuses}`);
});
