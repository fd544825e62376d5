/** What a garbage collection must not change: in Node it detaches a cloned request from its signal. */
import { assert } from "chai";
import type { Case } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** The collector, which the runners expose in these runtimes. */
declare const gc: () => void;

/** Collects until all is gone that nobody holds: some of it only when what held it is gone. */
async function collected(): Promise<void> {
  let gone = 0;
  const registry = new FinalizationRegistry(() => {
    gone += 1;
  });
  for (let round = 0; round < 4; round++) {
    registry.register({}, undefined);
    gc();
    await sleep(5);
  }
  assert.isAbove(gone, 1);
}

const retried: readonly Case[] = [1, 2].map((last) => ({
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
        String(input).endsWith("/things") && ++tries < last
          ? new Response("{}", { status: 503 })
          : fetch(input, init),
    });
    const service = await session.service("identity");
    const asked = outcome(service.get("things", { signal: controller.signal }));
    while (tries < last) await sleep(10);
    await collected();
    controller.abort(reason);
    assert.strictEqual(await Promise.race([asked, sleep(8000)]), reason);
  },
}));

const cases: readonly Case[] = [
  ...retried,
  {
    name: "an abort ends a call whose Request nobody else holds, also after a garbage collection",
    only: ["node", "bun", "deno", "chromium"],
    lane: "alone",
    async run(env) {
      const controller = new AbortController();
      const server = faulty(env, "slow-headers@things");
      const session = sessionAt(server);
      await session.token();
      const asked = outcome(
        session.fetch(new Request(`${server.url}/v3/things`, { signal: controller.signal })),
      );
      while ((await server.log()).length < 2) await sleep(10);
      await collected();
      const reason = new Error("had to go");
      controller.abort(reason);
      assert.strictEqual(await Promise.race([asked, sleep(8000)]), reason);
    },
  },
];

export default cases;
