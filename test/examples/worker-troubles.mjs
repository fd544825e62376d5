/** examples/worker when something is wrong: the right status, and no word too many. */
import assert from "node:assert/strict";
import { check } from "./check.mjs";

/** A Worker with a trouble, what it answers, and what its log says. */
const troubles = /** @type {const} */ ([
  ["Keystone is down", "down", 503, "Transport", /TransportError: POST .*no response/],
  ["the secret is wrong", "wrong", 502, "Unauthorized", /UnauthorizedError: .*401/],
  ["what answers is no Keystone", "page", 502, "Response", /ResponseError: /],
  ["a variable is missing", "nowhere", 500, "Options", /OptionsError: OS_AUTH_URL: expected/],
  ["the key is missing", "keyless", 500, "Options", /OptionsError: key: expected/],
]);

/** @param {import("./worker-world.mjs").World} world */
export async function troubled({ ask, workers, secrets, env }) {
  const done = await Promise.all(
    troubles.map(([name, worker, status, code, logged]) =>
      check(name, async () => {
        const answer = await ask(worker, "/me");
        const text = await answer.text();
        assert.equal(answer.status, status, text);
        assert.equal(answer.headers.get("Content-Type"), "application/json");
        const { error } = JSON.parse(text);
        assert.deepEqual(Object.keys(error), ["code", "message"]);
        assert.equal(error.code, code);
        assert.equal(answer.headers.has("Retry-After"), status === 503);
        // The inside of the cloud is none of a caller's business.
        const hosts = [env.keystone, env.closed, env.control].map((url) => new URL(url).host);
        for (const word of [...secrets, ...hosts]) assert.ok(!text.includes(word), word);
        assert.match(workers.log(), logged);
      }),
    ),
  );
  const log = await check("no secret is in the log", () => {
    assert.ok(workers.log().length > 0);
    for (const secret of secrets) assert.ok(!workers.log().includes(secret));
  });
  return [...done, log];
}
