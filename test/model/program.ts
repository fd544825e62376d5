/** A program: how the world is made, and what happens in it, as plain data that can be printed. */
import fc from "fast-check";
import { faultsOf } from "./faults.ts";
import type { StoreKind, StoreMood } from "./shared-store.ts";

export interface Setup {
  readonly tabs: number;
  readonly store: StoreKind;
  /** Whether the sessions keep their credentials. */
  readonly kept: boolean;
  readonly scoped: boolean;
  readonly versioned: boolean;
  readonly life: number;
  readonly margin: number | undefined;
  readonly skew: number;
  readonly retry: number;
  readonly timeout: number;
  readonly delays: readonly number[];
  /** After how many steps the state is looked at: to look is to act, since the clock is looked at too. */
  readonly look: number;
}

/** When a call is given up: before it is made, at once, or after so many milliseconds. */
export type Abort = "before" | number | undefined;

export type Step =
  | { do: "authenticate"; who: number; how: "kept" | "right" | "wrong"; abort: Abort }
  | { do: "token" | "fetch" | "stream"; who: number; aborts: readonly Abort[] }
  | { do: "revoke"; who: number; abort: Abort }
  | { do: "restore" | "projects" | "service" | "stray" | "rescope" | "kill"; who: number }
  | { do: "subscribe"; who: number; kind: "plain" | "asks" | "once" }
  | { do: "unsubscribe"; who: number }
  | { do: "fault"; at: keyof typeof faultsOf; name: string; times: number }
  | { do: "heal" }
  | { do: "store"; mood: StoreMood | "cut" | "foreign" }
  | { do: "wait" | "sleep" | "set"; ms: number }
  /** As many lives of a token. */
  | { do: "wait" | "sleep"; lives: number };

export interface Program {
  readonly setup: Setup;
  readonly steps: readonly Step[];
}

const day = 86_400_000;
const who = fc.nat({ max: 4 });
const abort: fc.Arbitrary<Abort> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom<Abort>("before", 0, 1, 40, 120, 1500) },
);
const some = fc.array(abort, { minLength: 1, maxLength: 4 });
const one = <T extends string>(...names: T[]) => fc.constantFrom(...names);
const is = <T>(value: T) => fc.constant(value);

const fault = one("login", "keystone", "service").chain((at) =>
  fc.record({
    do: is("fault" as const),
    at: is(at),
    name: fc.constantFrom(...faultsOf[at]),
    times: fc.constantFrom(1, 1, 2, 3, 1000),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: is("authenticate" as const),
      who,
      how: one("kept", "right", "right", "wrong"),
      abort,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: one("token", "fetch", "stream"), who, aborts: some }) },
  { weight: 5, arbitrary: fc.record({ do: is("fetch" as const), who, aborts: some }) },
  { weight: 1, arbitrary: fc.record({ do: is("revoke" as const), who, abort }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one("restore", "projects", "service", "stray", "rescope", "kill", "kill"),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: is("subscribe" as const),
      who,
      kind: one("plain", "plain", "asks", "once"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: is("unsubscribe" as const), who }) },
  { weight: 4, arbitrary: fault },
  { weight: 1, arbitrary: fc.record({ do: is("heal" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: is("store" as const),
      mood: one("fine", "fine", "throws", "rejects", "hangs", "slow", "cut", "foreign"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is("wait" as const),
      ms: fc.constantFrom(0, 1, 50, 200, 3000, 12_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one("wait", "wait", "sleep"),
      lives: fc.constantFrom(0.5, 0.9, 0.999, 1.1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: one("sleep", "set"), ms: fc.constantFrom(-day, -1000, 5000, day) }),
  },
);

/** A machine that sleeps only moves forward in time. */
const sane = (one: Step) => !(one.do === "sleep" && "ms" in one && one.ms < 0);

export const program: fc.Arbitrary<Program> = fc.record({
  setup: fc.record({
    tabs: fc.constantFrom(1, 1, 2, 3),
    store: one("none", "none", "plain", "locked"),
    kept: fc.constantFrom(true, true, true, false),
    scoped: fc.constantFrom(true, true, false),
    versioned: fc.constantFrom(true, true, true, false),
    life: fc.constantFrom(5, 60, 3600, 2_592_000),
    margin: fc.constantFrom(undefined, undefined, 0, 5),
    skew: fc.constantFrom(0, 0, day, -day),
    retry: fc.constantFrom(0, 1, 2),
    timeout: fc.constantFrom(1000, 10_000),
    delays: fc.array(fc.constantFrom(0, 0, 5, 30, 100, 400), { minLength: 1, maxLength: 6 }),
    look: fc.constantFrom(1, 1, 1, 4),
  }),
  steps: fc.array(step.filter(sane), { minLength: 1, maxLength: 24, size: "max" }),
});
