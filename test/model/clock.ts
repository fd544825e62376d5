/**
 * Time in a program: it passes when the program says so, so that a month costs nothing. Like every
 * runtime it has two clocks: the wall clock may jump (the machine slept, the clock was set), and the
 * timers' clock goes on as if nothing had happened.
 */
const real = { setTimeout, clearTimeout, setImmediate, now: Date.now };

interface Timer {
  readonly due: number;
  readonly run: () => void;
  /** Of the fake cloud or of the program, not of the code under test. */
  readonly ours: boolean;
}

export interface Clock {
  /** What `Date.now()` says. */
  readonly now: () => number;
  /** Milliseconds since the beginning, by the clock that timers run on. */
  readonly passed: () => number;
  /** What the server's clock says, which never errs and never sleeps. */
  readonly truth: () => number;
  /** A timer that is not counted; returns a function that stops it. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** A delay that ends early with the signal's reason. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How many timers are running: those of the code under test, or all. */
  readonly timers: () => number;
  readonly pending: () => number;
  /** Runs the next timer that is due by then; false once there is none, and it is then. */
  readonly fire: (until: number) => boolean;
  /** The wall clock jumps: the machine slept so long, or somebody set the clock. */
  readonly jump: (ms: number, slept: boolean) => void;
  /** Replaces the process's own clock; returns a function that ends that. */
  readonly install: () => () => void;
}

/** The longest time that a timer can be set to; anything longer is one millisecond. */
const longest = 2 ** 31 - 1;

export function createClock(start: number): Clock {
  let passed = 0;
  let wall = start;
  let truth = start;
  let last = 0;
  const timers = new Map<number, Timer>();

  const add = (run: () => void, ms: number, ours: boolean) => {
    last++;
    const wait = ours || (ms >= 1 && ms <= longest) ? ms : 1;
    timers.set(last, { due: passed + wait, run, ours });
    return last;
  };
  const move = (to: number) => {
    wall += to - passed;
    truth += to - passed;
    passed = to;
  };
  const after = (ms: number, run: () => void) => {
    const id = add(run, ms, true);
    return () => void timers.delete(id);
  };

  return {
    now: () => Math.floor(wall),
    passed: () => passed,
    truth: () => Math.floor(truth),
    after,
    pause: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          stop();
          reject(signal.reason);
        };
        const stop = after(ms, () => {
          signal.removeEventListener("abort", leave);
          resolve();
        });
        signal.addEventListener("abort", leave, { once: true });
      }),
    timers: () => [...timers.values()].filter(({ ours }) => !ours).length,
    pending: () => timers.size,
    fire: (until) => {
      let next: [number, Timer] | undefined;
      for (const entry of timers) if (!next || entry[1].due < next[1].due) next = entry;
      if (!next || next[1].due > until) {
        move(Math.max(until, passed));
        return false;
      }
      timers.delete(next[0]);
      move(Math.max(next[1].due, passed));
      next[1].run();
      return true;
    },
    jump: (ms, slept) => {
      wall += ms;
      if (slept) truth += ms;
    },
    install: () => {
      const set = (run: () => void, ms = 0) => add(run, ms, false);
      const clear = (id: unknown) => void timers.delete(id as number);
      Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
      Date.now = () => Math.floor(wall);
      return () => {
        const { setTimeout, clearTimeout, now } = real;
        Object.assign(globalThis, { setTimeout, clearTimeout });
        Date.now = now;
      };
    },
  };
}

/** Runs everything that can run without time passing: nothing here waits for a real socket. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => real.setImmediate(resolve));
  await new Promise((resolve) => real.setImmediate(resolve));
}
