/** Whoever aborts a call gets their own reason, whatever it looks like. */
import { assert } from "chai";
import { TransportError } from "keystone-fetch";
import ky from "ky";
import type { Case, Env } from "../case.ts";
import { outcome } from "../fixtures/failures.ts";
import { sessionAt, sleep, somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

/** Reasons of an abort that look like something else. */
const reasons: Record<string, () => unknown> = {
  "fetch failed": () => new TypeError("fetch failed"),
  "Failed to fetch": () => new TypeError("Failed to fetch"),
  terminated: () => new TypeError("terminated"),
  "Load failed": () => new TypeError("Load failed"),
  "a code of a runtime": () => Object.assign(new Error("x"), { code: "ECONNRESET" }),
  "a name of ky's": () => Object.assign(new Error("x"), { name: "TimeoutError" }),
  "a TransportError of ours": () => new TransportError("mine"),
  "a string": () => "enough",
  null: () => null,
};

const cases: readonly Case[] = [
  ...Object.entries(reasons).map(([what, make]) => ({
    name: `an abort whose reason is ${what} passes as it is, and ends all`,
    async run(env: Env) {
      const reason = make();
      const server = faulty(env, "slow-headers@things");
      const session = sessionAt({ ...server, url: server.at("ok") }, { retry: 2 });
      const { url } = server;
      await session.token();
      const controller = new AbortController();
      const { signal } = controller;
      const arrived = async (at: Faulty, path: string, count: number) => {
        const asked = async () => (await at.log()).filter((one) => one.path === path);
        while ((await asked()).length < count) await sleep(20);
        assert.lengthOf(await asked(), count);
      };
      const keystone = await session.service("identity");
      const things = `${url}/things`;
      const bare = keystone.extend({ prefix: "" });
      const silent = faulty(env, "slow-headers");
      const hanging = sessionAt(silent, { auth: undefined, retry: 2 });
      const asked = [
        outcome(session.fetch(things, { signal })),
        outcome(bare.get(things, { signal })),
        outcome(bare.post(things, { signal, json: {} })),
        outcome(hanging.authenticate(somebody, { signal })),
      ];
      await arrived(server, "/things", 3);
      await arrived(silent, "/v3/auth/tokens", 1);
      controller.abort(reason);
      for (const one of asked) assert.strictEqual(await one, reason);
      await arrived(server, "/things", 3);
      await arrived(silent, "/v3/auth/tokens", 1);
    },
  })),
  {
    name: "ky's own error as the reason of an abort passes as it is",
    async run(env) {
      const foreign = await outcome(ky(`${faulty(env, "404@all").url}/x`, { retry: 0 }));
      const controller = new AbortController();
      const server = faulty(env, "slow-headers@things");
      const session = sessionAt({ ...server, url: server.at("ok") });
      await session.token();
      const keystone = (await session.service("identity")).extend({ prefix: "" });
      const { signal } = controller;
      const asked = outcome(keystone.get(`${server.url}/things`, { signal }));
      setTimeout(() => controller.abort(foreign), 40);
      assert.strictEqual(await asked, foreign);
    },
  },
  {
    name: "an error of ours as the reason of one who waits with others passes as it is",
    async run(env) {
      const session = sessionAt(faulty(env, "slow-headers"));
      const first = new AbortController();
      const second = new AbortController();
      const asked = [first, second].map(({ signal }) => outcome(session.token({ signal })));
      const reason = new TransportError("mine");
      second.abort(reason);
      assert.strictEqual(await asked[1], reason);
      first.abort("enough");
      assert.equal(await asked[0], "enough");
    },
  },
];

export default cases;
