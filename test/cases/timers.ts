/** Timers: only for subscribers. */
import { assert } from "chai";
import { type Case, inLane } from "../case.ts";
import { living, sleep } from "../fixtures/sessions.ts";

/**
 * Counts the timers that run now, and those that were ever started. Those of Node's own fetch run too
 * when this is a program's first request; they keep no program alive (`unref()`), and do not count.
 */
function timers() {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const running = new Set<unknown>();
  let started = 0;
  globalThis.setTimeout = ((run: () => void, ms?: number) => {
    started++;
    const id = set(() => {
      running.delete(id);
      run();
    }, ms);
    running.add(id);
    return id;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (id) => {
    running.delete(id);
    clear(id);
  };
  const end = () => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  const holds = (id: unknown) => Object(id).hasRef?.() !== false;
  return { running: () => [...running].filter(holds).length, started: () => started, end };
}

const cases: readonly Case[] = [
  {
    name: "timers run only while somebody is subscribed, so that a program can end",
    async run(env) {
      const session = living(env, 3600);
      const counted = timers();
      try {
        await session.token();
        assert.equal(counted.running(), 0, "after a login");
        const [one, two] = [session.subscribe(() => undefined), session.subscribe(() => undefined)];
        assert.equal(counted.running(), 1, "subscribed twice");
        await session.authenticate();
        assert.equal(counted.running(), 1, "after another login");
        one();
        assert.equal(counted.running(), 1, "subscribed once");
        two();
        assert.equal(counted.running(), 0, "not subscribed any more");
        session.subscribe(() => undefined);
        await session.revoke();
        assert.equal(counted.running(), 0, "without a token");
      } finally {
        counted.end();
      }
    },
  },
  {
    name: "a life longer than any timer causes no busy loop and no early end",
    async run(env) {
      const session = living(env, 60 * 86_400);
      await session.token();
      const counted = timers();
      const stop = session.subscribe(() => assert.fail("it is not over"));
      await sleep(100);
      counted.end();
      stop();
      assert.isAtMost(counted.started(), 2); // one is this case's own
      assert.equal(session.state.status, "scoped");
    },
  },
];

export default inLane("alone", cases);
