/** A token that a session knows to be dead is not used again, wherever it may still be found. */
import { assert } from "chai";
import type { Case } from "../case.ts";
import { mapStore, passwordOf, sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  {
    name: "one that dies while the store is being written is not given to callers who ask in the meantime",
    async run(env) {
      const server = faulty(env, "ok");
      const kept = mapStore();
      const set: typeof kept.set = async (key, value, life) => {
        await sleep(300);
        return kept.set(key, value, life);
      };
      const session = sessionAt(server, { store: { ...kept, set } });
      const first = session.token();
      await new Promise<void>((seen) => session.subscribe(seen));
      const response = await session.fetch(`${server.at("service-401-once")}/things`);
      assert.equal(response.status, 200);
      assert.notEqual((await session.token()).id, (await first).id);
    },
  },
  {
    name: "one that was revoked is not taken up from a store that can't forget",
    async run(env) {
      const server = faulty(env, "ok");
      const store = { ...mapStore(), delete: () => assert.fail("read only") };
      const session = sessionAt(server, { store });
      const { id } = await session.token();
      await session.revoke();
      assert.isFalse(await session.restore());
      assert.notEqual((await session.token()).id, id);
    },
  },
  {
    name: "one that was rejected late, when another had taken its place, is not taken up either",
    async run(env) {
      const server = faulty(env, "ok");
      const store = mapStore();
      const session = sessionAt(server, { store });
      const { id } = await session.token();
      let release = () => {};
      const late = new Promise<void>((resolve) => {
        release = resolve;
      });
      const slow = sessionAt(server, {
        store,
        fetch: async (input, init) => {
          const response = await fetch(input, init);
          if (response.status === 401) await late;
          return response;
        },
      });
      const asked = slow.fetch(`${server.at("service-401-once")}/things`);
      await sleep(100);
      // Another identity's token, which is not stored.
      const other = await slow.authenticate(passwordOf(env, "dora"));
      release();
      assert.equal((await asked).status, 200);
      assert.isFalse(await slow.restore());
      assert.strictEqual(await slow.token(), other);
      assert.notEqual(other.id, id);
    },
  },
];

export default cases;
