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
  /** That of the first try, if this is the result of the second. */
  readonly firstError?: string;
  /** Unhandled rejections that any of several cases may have caused. */
  readonly strays?: readonly string[];
}

/** What the harness passes to a runtime. */
export interface Job {
  readonly env: Env;
  /** Runs only the cases whose `group: name` contains it. */
  readonly grep: string;
  /** Milliseconds that one case may take. */
  readonly timeout: number;
}

/** The cases for this runtime, in the order of the files. */
export function choose(groups: readonly Group[], runtime: Runtime, grep: string): Planned[] {
  const chosen: Planned[] = [];
  for (const { name: group, cases } of groups) {
    const names = new Set<string>();
    for (const one of cases) {
      if (names.has(one.name)) throw new Error(`${group}: two cases are named "${one.name}"`);
      names.add(one.name);
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

/** A running case, and the unhandled rejections since it began. */
interface Running {
  readonly name: string;
  unhandled?: string;
}

/** Rejections that can't be attributed to a case, until they are reported with a result. */
let strays: string[] = [];

/** All running cases. */
let running = new Set<Running>();

/** Whether the running case may do what would disturb others. */
let alone = false;
export const isAlone = (): boolean => alone;

/**
 * From now on, an unhandled rejection is a failure of the running case instead of the end of the
 * runtime. If several cases run, there is no telling whose it was; then it is reported with a result.
 */
export function catchUnhandled(): void {
  const caught = (reason: unknown): void => {
    const [only, ...others] = running;
    const text = `a promise was let go of: ${describe(reason)}`;
    if (only !== undefined && others.length === 0) {
      only.unhandled ??= text;
    } else {
      const names = [...running].map(({ name }) => `"${name}"`).join(", ");
      strays.push(`${text}\nwhile these ran: ${names}`);
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
  // A case that runs alone is responsible for everything that happens meanwhile: it may run cases
  // of its own.
  const outer = { running, alone };
  [running, alone] = [new Set(), true];
  try {
    return await runBeside(planned, env, timeout);
  } finally {
    ({ running, alone } = outer);
  }
}

/** How long the next case of a lane waits for one that did not end in time, in ms. */
const patience = 5000;

const { setTimeout } = globalThis; // a case may replace it
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
  // In an async function, so that a synchronous throw is a rejection like any other.
  const work = (async () => one.run({ ...env, lane: one.lane }))();
  try {
    await Promise.race([work, late]);
    // Runtimes report an unhandled rejection somewhat later.
    await pause(5);
    error = own.unhandled;
  } catch (thrown) {
    error = describe(thrown);
    // A case that is late still disturbs the next of its lane.
    if (one.lane) await Promise.race([work.catch(() => {}), pause(patience)]);
  } finally {
    clearTimeout(timer);
    running.delete(own);
  }
  const told = strays;
  strays = [];
  return {
    group,
    name: one.name,
    ok: error === undefined,
    ms: now() - began,
    ...(error !== undefined && { error }),
    ...(told.length > 0 && { strays: told }),
  };
}

/**
 * Message, stack and causes of anything thrown. JavaScriptCore's and SpiderMonkey's stacks lack the
 * message.
 */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `thrown, but not an Error: ${String(error)}`;
  const head = `${error.name}: ${error.message}`;
  const stack = error.stack ?? "";
  const own = stack.includes(error.message) ? stack : `${head}\n${stack}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${describe(error.cause)}`;
}
