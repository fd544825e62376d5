/** Providers that are persons: while one is asked, others have to get on. */
import { assert } from "chai";
import { type AuthMethod, OptionsError, UnauthorizedError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt, sleep, somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A prompt that somebody answers, or never does. */
function createPrompt() {
  let asked = 0;
  let answer: (method: AuthMethod) => void = () => undefined;
  const auth = () => {
    asked++;
    return new Promise<AuthMethod>((resolve) => {
      answer = resolve;
    });
  };
  return { auth, asked: () => asked, answer: () => answer(somebody) };
}

const cases: readonly Case[] = [
  {
    name: "an authenticate() with credentials does not wait for the prompt, and those who wait get its token",
    async run(env) {
      const prompt = createPrompt();
      const session = sessionAt(faulty(env, "ok"), { auth: prompt.auth });
      const waiting = [session.token(), session.token()];
      await sleep(20);
      const token = await session.authenticate(somebody);
      for (const one of await Promise.all(waiting)) assert.strictEqual(one, token);
      assert.equal(prompt.asked(), 1);
    },
  },
  {
    name: "a revoke() does not wait for the prompt, whose answer still counts",
    async run(env) {
      const prompt = createPrompt();
      const session = sessionAt(faulty(env, "ok"), { auth: prompt.auth });
      const waiting = session.token();
      await sleep(20);
      await session.revoke();
      assert.equal(session.state.status, "unauthenticated");
      prompt.answer();
      assert.isString((await waiting).id);
      assert.equal(prompt.asked(), 1);
    },
  },
  {
    name: "a rescoped session's prompt is no obstacle either",
    async run(env) {
      const prompt = createPrompt();
      const parent = sessionAt(faulty(env, "ok"), { auth: prompt.auth });
      const waiting = parent.rescope("unscoped").token();
      await sleep(20);
      await parent.authenticate(somebody);
      prompt.answer();
      assert.equal((await waiting).scope, "unscoped");
    },
  },
  {
    name: "two methods of one name are refused: only one of them could be sent",
    async run(env) {
      const twice = () => sessionAt(faulty(env, "ok"), { auth: [somebody, somebody] });
      await failure(twice, OptionsError);
    },
  },
  {
    name: "a passcode is not asked for while there is no address to send it to",
    async run(env) {
      const server = faulty(env, "503@all");
      let asked = 0;
      const auth: AuthMethod = {
        name: "totp",
        payload: () => {
          asked++;
          return { user: { id: "u1", passcode: "123456" } };
        },
      };
      const session = sessionAt(server, { authUrl: server.url, auth });
      await session.token().catch(() => undefined);
      assert.equal(asked, 0);
    },
  },
  {
    name: "a one-time login elsewhere is sent once",
    async run(env) {
      const server = faulty(env, "503@once");
      const auth: AuthMethod = {
        name: "elsewhere",
        oneTime: true,
        payload: () => ({}),
        obtain: async (send) => {
          await send({ method: "POST", path: "once", body: "code=1" });
          throw new UnauthorizedError("not reached");
        },
      };
      await sessionAt(server, { auth, retry: { limit: 2, delay: () => 1 } })
        .token()
        .catch(() => 0);
      assert.lengthOf(await server.log(), 1);
    },
  },
];

export default cases;
