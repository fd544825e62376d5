/** Turns: one after the other, and none is held for longer than its holder lives. */
import { assert } from "chai";
import { Turns } from "../../src/stores/turns.ts";
import { type Case, inLane } from "../case.ts";
import { replacing } from "./stores-memory.ts";

interface Timer {
  readonly due: number;
  readonly go: () => void;
}

/** Time that passes only when told to. */
function handClock() {
  const timers = new Set<Timer>();
  let now = 0;
  return {
    timers,
    globals: {
      setTimeout(go: () => void, ms: number) {
        const timer = { due: now + ms, go };
        timers.add(timer);
        return timer;
      },
      clearTimeout: (timer: Timer) => timers.delete(timer),
    },
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
        if (!next) break;
        now = next.due;
        timers.delete(next);
        next.go();
      }
      now = end;
    },
  };
}

/** Turns by a clock of one's own, and who was let in so far. */
async function played(
  work: (
    turns: Turns,
    clock: ReturnType<typeof handClock>,
    ask: (ticket: string) => void,
    seen: () => Promise<string>,
  ) => Promise<void>,
): Promise<void> {
  const clock = handClock();
  const turns = new Turns();
  const log: string[] = [];
  const ask = (ticket: string) => {
    turns.wait(ticket).then(() => log.push(ticket));
  };
  const seen = async () => {
    for (let i = 0; i < 5; i++) await undefined;
    return log.join(" ");
  };
  await replacing(clock.globals, () => work(turns, clock, ask, seen));
}

const cases: readonly Case[] = [
  {
    name: "tickets have their turns in the order in which they asked",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        for (const ticket of ["a", "b", "c"]) ask(ticket);
        assert.equal(await seen(), "a");
        turns.end("a");
        assert.equal(await seen(), "a b");
        turns.end("b");
        turns.end("c");
        assert.equal(await seen(), "a b c");
        ask("d");
        assert.equal(await seen(), "a b c d");
        turns.end("d");
        assert.equal(clock.timers.size, 0);
      }),
  },
  {
    name: "a turn without a sign of life passes on after three seconds",
    run: () =>
      played(async (_, clock, ask, seen) => {
        ask("a");
        ask("b");
        clock.pass(2999);
        assert.equal(await seen(), "a");
        clock.pass(1);
        assert.equal(await seen(), "a b");
      }),
  },
  {
    name: "signs of life keep a turn for as long as they come",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        ask("a");
        for (let i = 0; i < 100; i++) {
          clock.pass(2999);
          turns.extend("a");
        }
        ask("b");
        clock.pass(2999);
        assert.equal(await seen(), "a");
        clock.pass(1);
        assert.equal(await seen(), "a b");
      }),
  },
  {
    name: "nobody waits for longer than five seconds, and then has no turn",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        ask("a");
        ask("b");
        clock.pass(2000);
        turns.extend("a");
        ask("c");
        clock.pass(2000);
        turns.extend("a");
        clock.pass(1000);
        assert.equal(await seen(), "a b");
        // "b" went on without a turn, so its signs of life change nothing.
        turns.extend("b");
        turns.end("b");
        assert.equal(await seen(), "a b");
        turns.end("a");
        assert.equal(await seen(), "a b c");
      }),
  },
  {
    name: "a ticket whose turn has ended cannot end, or extend, another's",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        ask("a");
        ask("b");
        ask("c");
        clock.pass(3000);
        assert.equal(await seen(), "a b");
        clock.pass(1500);
        turns.end("a");
        turns.extend("a");
        assert.equal(await seen(), "a b");
        clock.pass(1500);
        assert.equal(await seen(), "a b c");
      }),
  },
  {
    name: "endAll lets in all who wait; who asks afterwards has a turn at once",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        for (const ticket of ["a", "b", "c", "d"]) ask(ticket);
        turns.endAll();
        assert.equal(await seen(), "a b c d");
        assert.equal(clock.timers.size, 0);
        ask("e");
        ask("f");
        assert.equal(await seen(), "a b c d e");
        turns.end("a");
        assert.equal(await seen(), "a b c d e");
        turns.end("e");
        assert.equal(await seen(), "a b c d e f");
      }),
  },
  {
    name: "endAll without anybody is nothing",
    run: () =>
      played(async (turns, clock, ask, seen) => {
        turns.endAll();
        assert.equal(clock.timers.size, 0);
        ask("a");
        assert.equal(await seen(), "a");
      }),
  },
];

export default inLane("alone", cases);
