/** What a guard remembers, by a clock that the case sets. */
import { assert } from "chai";
import { InvalidTokenError } from "../../src/errors.ts";
import { createIdentifyToken } from "../../src/guard/identify-token.ts";
import { createValidationCache } from "../../src/guard/validation-cache.ts";
import type { Session } from "../../src/session/contract.ts";
import type { Case } from "../case.ts";

const start = Date.parse("2026-01-01T00:00:00Z");

const document = {
  token: {
    user: { id: "user" },
    issued_at: "2026-01-01T00:00:00Z",
    expires_at: "2026-01-01T00:01:40Z",
  },
};

/** A cache for a minute, and the seconds that its clock shows. */
function cacheAt() {
  const clock = { seconds: 0 };
  const now = () => start + clock.seconds * 1000;
  const cache = createValidationCache({
    store: undefined,
    prefix: "",
    ttl: 60_000,
    limit: 10,
    now,
  });
  return { clock, now, cache };
}

const cases: readonly Case[] = [
  {
    name: "an answer counts until it is as old as ttl, and not while the clock is behind it",
    async run() {
      const { clock, now, cache } = cacheAt();
      clock.seconds = 100;
      await cache.keep("digest", "id", { document, checkedAt: now(), life: 1e9 });
      for (const [seconds, counts] of [
        [100, true],
        [159, true],
        [160, false],
        [99, false],
      ] as const) {
        clock.seconds = seconds;
        assert.equal(cache.recall("digest", false) !== undefined, counts, `${seconds}`);
      }
    },
  },
  {
    name: "a refusal counts for 10 seconds",
    run() {
      const { clock, cache } = cacheAt();
      cache.keepRefusal("digest", false, new InvalidTokenError("no"));
      clock.seconds = 9;
      assert.throws(() => cache.throwIfRefused("digest", false), InvalidTokenError);
      clock.seconds = 10;
      cache.throwIfRefused("digest", false);
    },
  },
  {
    name: "a token's life is counted from when Keystone was asked",
    async run() {
      const { clock, now, cache } = cacheAt();
      const keystone = keystoneThat(async () => Response.json(document));
      const identify = createIdentifyToken(keystone.session, cache, options(now));
      const ask = () => identify("id", { allowExpired: false, signal: undefined });
      // It expires at 100, ttl or not.
      clock.seconds = 50;
      for (const [seconds, asked] of [
        [50, 1],
        [99, 1],
        [100, 2],
      ] as const) {
        clock.seconds = seconds;
        assert.equal((await ask()).user.id, "user");
        assert.equal(keystone.asked(), asked, `${seconds}`);
      }
    },
  },
  {
    name: "nobody joins a question that has been pending for 15 seconds",
    async run() {
      const { clock, now, cache } = cacheAt();
      const answers: ((response: Response) => void)[] = [];
      const keystone = keystoneThat(() => new Promise((resolve) => answers.push(resolve)));
      const identify = createIdentifyToken(keystone.session, cache, options(now));
      const ask = () => identify("id", { allowExpired: false, signal: undefined });
      const first = ask();
      while (keystone.asked() < 1) await pause();
      clock.seconds = 14;
      const second = ask();
      await pause();
      assert.equal(keystone.asked(), 1);
      clock.seconds = 15;
      const third = ask();
      while (keystone.asked() < 2) await pause();
      for (const answer of answers) answer(Response.json(document));
      const tokens = await Promise.all([first, second, third]);
      assert.deepEqual(
        tokens.map(({ user }) => user.id),
        ["user", "user", "user"],
      );
      assert.equal(keystone.asked(), 2);
    },
  },
];

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

const options = (now: () => number) => ({ accessRules: false, limit: 10, now });

/** A session whose Keystone answers so about a token, and how often it was asked. */
function keystoneThat(answer: () => Promise<Response>) {
  let asked = 0;
  const get = () => {
    asked++;
    const response = answer();
    return Object.assign(response, { json: async () => (await response).json() });
  };
  const session = { token: async () => ({ id: "own" }), service: async () => ({ get }) };
  return { session: session as unknown as Session, asked: () => asked };
}

export default cases;
