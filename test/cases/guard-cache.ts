/** What a guard remembers, and how often it asks Keystone. */
import { assert } from "chai";
import { InvalidTokenError, type TokenStore } from "keystone-fetch";
import { createGuard } from "keystone-fetch/guard";
import { encrypted } from "keystone-fetch/stores";
import type { Case } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { guardAt, questionsTo, request, tokensOf, withToken } from "../fixtures/guard.ts";
import { mapStore, sessionAt, sleep } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

const cases: readonly Case[] = [
  {
    name: "10,000 requests with 100 tokens are 100 questions to Keystone",
    only: ["node", "workerd"],
    lane: "alone",
    async run(env) {
      const { server, guard, questions } = guardAt(env, "ok");
      const ids = await tokensOf(server, 100);
      for (let wave = 0; wave < 10; wave++) {
        const all = Array.from({ length: 1000 }, async (_, i) => {
          const id = ids[i % ids.length] ?? "";
          const token = await guard.identify(withToken(id));
          assert.equal(token.id, id);
        });
        await Promise.all(all);
      }
      assert.equal(await questions(), 100);
    },
  },
  {
    name: "if many ask about a token at once, an abort ends only that caller's wait",
    async run(env) {
      const { server, guard, questions } = guardAt(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const reason = new Error("gone");
      const gone = new AbortController();
      const first = guard.identify(withToken(id), { signal: gone.signal });
      const others = [guard.identify(withToken(id)), guard.identify(withToken(id))];
      gone.abort(reason);
      assert.strictEqual(await first.catch((error: unknown) => error), reason);
      for (const token of await Promise.all(others)) assert.equal(token.user.name, "demo");
      assert.equal(await questions(), 1);
    },
  },
  {
    name: "a token that is refused is asked about once, and each caller has an error of their own",
    async run(env) {
      const { guard, questions } = guardAt(env, "ok");
      const all = await Promise.all(
        [1, 2, 3].map(() => failure(guard.identify(withToken("made-up")), InvalidTokenError)),
      );
      all.push(await failure(guard.identify(withToken("made-up")), InvalidTokenError));
      assert.equal(new Set(all).size, 4);
      assert.equal(await questions(), 1);
    },
  },
  {
    name: "a request without a token, or with an impossible one, costs no question",
    async run(env) {
      const { server, guard } = guardAt(env, "ok");
      for (const one of [request(), withToken(""), withToken("one, two")]) {
        await failure(guard.identify(one), InvalidTokenError);
      }
      await failure(guard.identify(request({ "X-Service-Token": "a b" })), InvalidTokenError);
      assert.isEmpty(await server.log());
    },
  },
  {
    name: "a guard that shares the store asks nothing, and the store has no token",
    async run(env) {
      const server = faulty(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const plain = mapStore();
      for (const [store, asked] of [
        [plain, 1],
        [plain, 1],
        [encrypted(plain, key), 2],
        [encrypted(plain, key), 2],
      ] as const) {
        const guard = createGuard({ session: sessionAt(server), store });
        const token = await guard.identify(withToken(id));
        assert.equal(token.id, id);
        assert.equal(token.user.name, "demo");
        assert.lengthOf(token.roles, 2);
        assertHides(token, id);
        assert.equal(await questionsTo(server), asked);
        const written = JSON.stringify([...plain.map]);
        assert.isNotEmpty([...plain.map]);
        assert.notInclude(written, id);
        assert.equal(written.includes("demo"), store === plain);
      }
    },
  },
  {
    name: "a broken store, or one with wrong content, costs a question and fails no request",
    async run(env) {
      const server = faulty(env, "ok");
      const [id = ""] = await tokensOf(server, 1);
      const good = mapStore();
      await createGuard({ session: sessionAt(server), store: good }).identify(withToken(id));
      const [[at, value] = ["", ""]] = [...good.map];
      const stored = JSON.parse(value);
      const holding = (text: string) => mapStore(new Map([[at, text]]));
      const broken: TokenStore = {
        get: () => Promise.reject(new Error("down")),
        set: () => Promise.reject(new Error("down")),
        delete: () => undefined,
      };
      const stores = [
        broken,
        holding("{"),
        holding("null"),
        holding(JSON.stringify({ ...stored, key: "another" })),
        holding(JSON.stringify({ ...stored, checkedAt: Date.now() + 3_600_000 })),
        holding(JSON.stringify({ ...stored, checkedAt: Date.now() - 61_000 })),
        holding(JSON.stringify({ ...stored, life: -1 })),
        holding(JSON.stringify({ ...stored, document: { token: {} } })),
      ];
      for (const [index, store] of stores.entries()) {
        const guard = createGuard({ session: sessionAt(server), store });
        assert.equal((await guard.identify(withToken(id))).user.name, "demo");
        assert.equal(await questionsTo(server), index + 2);
      }
    },
  },
  {
    name: "an answer counts for ttl seconds, and with 0 not at all",
    async run(env) {
      for (const [ttl, atOnce] of [
        [60, 1],
        [0, 2],
      ] as const) {
        const { server, guard, questions } = guardAt(env, "ok", { ttl });
        const [id = ""] = await tokensOf(server, 1);
        await guard.identify(withToken(id));
        await guard.identify(withToken(id));
        assert.equal(await questions(), atOnce);
      }
      const { server, guard, questions } = guardAt(env, "ok", { ttl: 1 });
      const [id = ""] = await tokensOf(server, 1);
      await guard.identify(withToken(id));
      const asked = await questions();
      await sleep(1100);
      await guard.identify(withToken(id));
      assert.equal(await questions(), asked + 1);
    },
  },
  {
    name: "memory holds maxTokens tokens, and made-up ones push out no good ones",
    async run(env) {
      const { server, guard, questions } = guardAt(env, "ok", { maxTokens: 2 });
      const [one = "", two = "", three = ""] = await tokensOf(server, 3);
      for (const id of [one, two, one]) await guard.identify(withToken(id));
      for (const id of ["a", "b", "c"]) await guard.identify(withToken(id)).catch(() => undefined);
      assert.equal(await questions(), 5);
      // The third replaces the second, which was used longest ago.
      for (const id of [three, one]) await guard.identify(withToken(id));
      assert.equal(await questions(), 6);
      await guard.identify(withToken(two));
      assert.equal(await questions(), 7);
    },
  },
];

export default cases;
