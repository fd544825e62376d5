/** What a garbage collection must not change: in Node it cuts a cloned request from its signal. */
import { assert } from "chai";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** Makes garbage until the runtime has collected some that was there before. */
async function collected(): Promise<void> {
  let gone = false;
  const registry = new FinalizationRegistry(() => {
    gone = true;
  });
  for (let i = 0; i < 500 && !gone; i++) {
    registry.register({}, undefined); // more than one: JavaScriptCore may keep what it saw last
    Array.from({ length: 100_000 }, () => ({}));
    await sleep(1);
  }
  assert.isTrue(gone, "nothing was collected");
}

const cases: readonly Case[] = [1, 2].map((last) => ({
  name: `an abort ends try ${last}, that nobody answers, also after a garbage collection`,
  only: ["node", "bun", "deno", "chromium"],
  lane: "alone",
  async run(env) {
    const controller = new AbortController();
    const reason = new Error("had to go");
    let tries = 0;
    const session = sessionAt(faulty(env, "slow-headers@things"), {
      retry: { limit: 1, delay: () => 1 },
      timeout: false,
      fetch: async (input, init) =>
        (input as Request).url.endsWith("/things") && ++tries < last
          ? new Response("{}", { status: 503 })
          : fetch(input, init),
    });
    const service = await session.service("identity");
    const asked = outcome(service.get("things", { signal: controller.signal }));
    while (tries < last) await sleep(10);
    await collected();
    controller.abort(reason);
    assert.strictEqual(await Promise.race([asked, sleep(1000)]), reason);
  },
}));

export default cases;
