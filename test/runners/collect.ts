/**
 * Runs a case beside others, in whatever runtime it is bundled for. Pure TypeScript, nothing
 * imported.
 */
import { type Case, type Env, type Runtime, runtimes } from "../case.ts";

/** The cases of one file. */
export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** One case with the name of its group. */
export interface Planned {
  readonly group: string;
  readonly case: Case;
}

export interface Result {
  readonly group: string;
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  /** Message and stack of what was thrown. */
  readonly error?: string;
}

/** What the harness hands to a runtime. */
export interface Job {
  readonly env: Env;
  /** Runs only the cases whose `group: name` contains it. */
  readonly grep: string;
  /** Milliseconds that one case may take. */
  readonly timeout: number;
}

/** The cases that this runtime has to run, in the order of the files. */
export function choose(groups: readonly Group[], runtime: Runtime, grep: string): Planned[] {
  const chosen: Planned[] = [];
  for (const { name: group, cases } of groups) {
    for (const one of cases) {
      const unknown = one.only?.find((name) => !runtimes.includes(name));
      if (unknown !== undefined) {
        throw new Error(`${group}: ${one.name}: no runtime is called "${unknown}"`);
      }
      if (one.only && !one.only.includes(runtime)) continue;
      if (`${group}: ${one.name}`.includes(grep)) chosen.push({ group, case: one });
    }
  }
  return chosen;
}

/** A case that runs now, and what was rejected and not handled since it began. */
interface Running {
  readonly name: string;
  unhandled?: string;
}

/** All that run now. */
let running = new Set<Running>();

/** Whether the case that runs now may do what would disturb others. */
let alone = false;
export const isAlone = (): boolean => alone;

/**
 * From now on a rejection that nobody handles is a failure of the cases that run, and not the
 * runtime's end. Nothing tells whose it was, so that it is all of theirs.
 */
export function catchUnhandled(): void {
  const caught = (reason: unknown): void => {
    const among = [...running].map(({ name }) => `"${name}"`).join(", ");
    const whose = running.size > 1 ? ` by one of ${among}` : "";
    for (const one of running) {
      one.unhandled ??= `a promise was let go of${whose}: ${describe(reason)}`;
    }
  };
  const host = globalThis as unknown as {
    addEventListener?: Window["addEventListener"];
    process?: { on(type: string, listener: (reason: unknown) => void): void };
  };
  const listener = (event: PromiseRejectionEvent): void => {
    event.preventDefault?.(); // the edge runtime's has none
    caught(event.reason);
  };
  host.addEventListener?.("unhandledrejection", listener);
  host.process?.on("unhandledRejection", caught); // Node, and Bun, which has that method for nothing
}

/** Runs one case. Never rejects and never hangs: whatever the case does ends as a result. */
export async function runCase(planned: Planned, env: Env, timeout: number): Promise<Result> {
  if (planned.case.lane !== "alone") return runBeside(planned, env, timeout);
  // One that is alone answers for all that happens meanwhile: it may run cases of its own.
  const outer = { running, alone };
  [running, alone] = [new Set(), true];
  try {
    return await runBeside(planned, env, timeout);
  } finally {
    ({ running, alone } = outer);
  }
}

async function runBeside(planned: Planned, env: Env, timeout: number): Promise<Result> {
  const { group, case: one } = planned;
  const own: Running = { name: `${group}: ${one.name}` };
  running.add(own);
  const { now } = Date; // a case may replace it
  const began = now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeout} ms`)), timeout);
  });
  let error: string | undefined;
  try {
    // In an async function, so that a synchronous throw is a rejection like any other.
    await Promise.race([(async () => one.run({ ...env, lane: one.lane }))(), late]);
    // Runtimes tell of an unhandled rejection somewhat later.
    await new Promise((resolve) => setTimeout(resolve, 5));
    error = own.unhandled;
  } catch (thrown) {
    error = describe(thrown);
  } finally {
    clearTimeout(timer);
    running.delete(own);
  }
  const result = { group, name: one.name, ok: error === undefined, ms: now() - began };
  return error === undefined ? result : { ...result, error };
}

/**
 * Message, stack and causes of anything thrown. JavaScriptCore's and SpiderMonkey's stacks lack the
 * message.
 */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return `thrown, but not an Error: ${String(error)}`;
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack ?? "";
  const own = stack.includes(error.message) ? stack : `${head}\n${stack}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${describe(error.cause)}`;
}
