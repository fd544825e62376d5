/**
 * The collector itself: a failing, a hanging and a synchronously throwing case are results, and
 * nothing else.
 */
import { assert } from "chai";
import type { Case, Env, Lane, Runtime } from "../case.ts";
import { choose, runCase } from "../runners/collect.ts";
import { inLanes } from "../runners/lanes.mjs";
import { requests, troubled } from "../server/client.ts";

const env = {} as Env; // the cases below look at none of it

const planned = (run: Case["run"]) => ({ group: "group", case: { name: "case", run } });

const groups = [
  { name: "first", cases: [{ name: "everywhere", run() {} }] },
  { name: "second", cases: [{ name: "in pages", only: ["chromium", "firefox"], run() {} }] },
] as const;

const cases: readonly Case[] = [
  {
    name: "a case that returns has passed",
    async run() {
      const { ok, error } = await runCase(
        planned(() => {}),
        env,
        1000,
      );
      assert.deepEqual([ok, error], [true, undefined]);
    },
  },
  {
    name: "a case that throws has failed, with the message and the cause",
    async run() {
      const failing = planned(() => {
        throw new Error("outer", { cause: new TypeError("inner") });
      });
      const { ok, error } = await runCase(failing, env, 1000);
      assert.isFalse(ok);
      assert.match(error ?? "", /Error: outer.*caused by .*TypeError: inner/s);
    },
  },
  {
    name: "a case that rejects with something else than an Error has failed",
    async run() {
      const { ok, error } = await runCase(
        planned(() => Promise.reject("text")),
        env,
        1000,
      );
      assert.deepEqual([ok, error], [false, "thrown, but not an Error: text"]);
    },
  },
  {
    name: "a case that hangs has failed when its time is over",
    async run() {
      const { ok, error } = await runCase(
        planned(() => new Promise<void>(() => {})),
        env,
        50,
      );
      assert.isFalse(ok);
      assert.include(error, "not done after 50 ms");
    },
  },
  {
    name: "a case that lets go of a promise that rejects has failed",
    lane: "alone",
    async run() {
      const { group, case: careless } = planned(() => {
        Promise.reject(new Error("floating"));
      });
      const alone = { group, case: { ...careless, lane: "alone" as const } };
      const { ok, error } = await runCase(alone, env, 1000);
      assert.isFalse(ok);
      assert.include(error, "a promise was let go of: Error: floating");
    },
  },
  {
    name: "a promise that one of several cases lets go of fails none of them, and is told",
    lane: "alone",
    async run() {
      // This case and that one run at once.
      const careless = planned(() => {
        Promise.reject(new Error("floating"));
      });
      const { ok, strays } = await runCase(careless, env, 1000);
      assert.isTrue(ok);
      assert.lengthOf(strays ?? [], 1);
      assert.match(strays?.[0] ?? "", /Error: floating.*"group: case"/s);
    },
  },
  {
    name: "cases run side by side, but those of a lane one after another, and some alone",
    async run() {
      const lanes = ["a", "troubled", "b", "alone", "troubled", "c", "alone", "d", "e", "f", "g"];
      const running = new Set<number>();
      let most = 0;
      await inLanes(
        [...lanes.entries()],
        ([, lane]) => (lane.length > 1 ? (lane as Lane) : undefined),
        async ([index, lane]) => {
          running.add(index);
          const beside = [...running].filter((one) => one !== index).map((one) => lanes[one]);
          if (lane === "alone") assert.isEmpty(beside);
          else assert.notInclude(beside, "alone");
          if (lane === "troubled") assert.notInclude(beside, "troubled");
          most = Math.max(most, running.size);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running.delete(index);
          return { ok: true };
        },
      );
      assert.equal(most, 8);
    },
  },
  {
    name: "up to five cases that failed are tried again, one after another, and no more",
    async run() {
      for (const [failing, tries] of [
        [0, 20],
        [5, 25],
        [6, 20],
      ] as const) {
        const ran: number[] = [];
        const running = new Set<number>();
        await inLanes(
          Array.from({ length: 20 }, (_, index) => index),
          () => undefined,
          async (index) => {
            ran.push(index);
            running.add(index);
            if (ran.length > 20) assert.equal(running.size, 1);
            await new Promise((resolve) => setTimeout(resolve, 2));
            running.delete(index);
            return { ok: index >= failing };
          },
        );
        assert.lengthOf(ran, tries);
      }
    },
  },
  {
    name: "who would disturb others, or be disturbed by them, is refused beside them",
    async run() {
      const replaces = planned(() => {
        const { Map: same } = globalThis;
        globalThis.Map = same;
      });
      const counts = planned(async (env) => void (await requests(env)));
      const troubles = planned((env) => void troubled(env));
      for (const { case: one, group } of [replaces, counts, troubles]) {
        const { error } = await runCase({ group, case: one }, env, 1000);
        assert.include(error, "has to be in the lane");
      }
    },
  },
  {
    name: "cases are chosen by runtime and by text",
    run() {
      const names = (runtime: Runtime, grep: string) =>
        choose(groups, runtime, grep).map(({ group, case: one }) => `${group}: ${one.name}`);
      assert.deepEqual(names("chromium", ""), ["first: everywhere", "second: in pages"]);
      assert.deepEqual(names("node", ""), ["first: everywhere"]);
      assert.deepEqual(names("chromium", "second: in"), ["second: in pages"]);
    },
  },
  {
    name: "a runtime that nobody knows is an error, not a case left out",
    run() {
      const only = ["chrome"] as unknown as Case["only"];
      const misspelt = [{ name: "group", cases: [{ name: "case", only, run() {} } as Case] }];
      assert.throws(() => choose(misspelt, "node", ""), 'no runtime is called "chrome"');
    },
  },
  {
    name: "two cases of one name in a file are an error: one result would hide the other",
    run() {
      const one = { name: "case", run() {} };
      const twice = [{ name: "group", cases: [one, one] }];
      assert.throws(() => choose(twice, "node", ""), 'group: two cases are named "case"');
    },
  },
];

export default cases;
