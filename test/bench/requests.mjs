/** How many requests a login and a first call take: another number is an error. */
import assert from "node:assert/strict";
import { createSession, password } from "keystone-fetch";
import { memoryStore } from "keystone-fetch/stores";
import { user } from "./documents.mjs";
import { startServer } from "./server.mjs";

export async function requests() {
  const server = await startServer();
  const store = memoryStore();
  /** @param {string} what @param {number} goal */
  const count = async (what, goal) => {
    server.requests.length = 0;
    const auth = password(user);
    const session = createSession({ authUrl: `${server.url}/v3`, auth, store });
    const nova = await session.service("compute");
    await nova.get("servers").json();
    assert.equal(server.requests.length, goal, server.requests.join(", "));
    return { where: "node", what, value: goal, unit: "", goal };
  };
  const first = await count("requests of a login and a first call", 2);
  const second = await count("requests of a first call with a stored token", 1);
  server.close();
  return [first, second];
}
