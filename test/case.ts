/**
 * A case is one check that runs unchanged in every runtime: no framework, no Node, an assertion
 * that fails by throwing. A file of cases (`test/unit/*.ts`, `test/cases/*.ts`) default-exports a
 * list of them; its file name is the name of the group.
 */

/**
 * Every runtime that the suite knows; `only` is checked against it, so a misspelt name cannot hide
 * a case.
 */
export const runtimes = [
  "node",
  "deno",
  "workerd",
  "chromium",
  "firefox",
  "webkit",
  "bun",
  "edge",
] as const;

export type Runtime = (typeof runtimes)[number];

/**
 * Cases run side by side, but for those that would disturb each other: no two of a lane overlap, and
 * a case in the lane "alone" runs when nothing else does.
 *
 * - "alone": counts what reaches the real Keystone, replaces a global, or is a load of its own;
 * - "troubled": counts and troubles the Keystone of short tokens, see `troubled()`;
 * - "credentials": lists all of them, at which Keystone fails if one goes away meanwhile.
 */
export type Lane = "alone" | "troubled" | "credentials";

/**
 * Those that are pages: of an answer they see what CORS exposes, of a redirect to another origin
 * nothing, and connections are few.
 */
export const pages: readonly Runtime[] = ["chromium", "firefox", "webkit"];

export const isPage = ({ runtime }: Env): boolean => pages.includes(runtime);

/** What a case is told about the world it runs in; plain JSON, the same in every runtime. */
export interface Env {
  /** Its name in the table: two engines may be one runtime. */
  readonly engine: string;
  readonly runtime: Runtime;
  /** Root of the real Keystone, without a version: `http://127.0.0.1:35357`. */
  readonly keystone: string;
  /** Root of the real Placement service in its catalog, where one was started. */
  readonly placement?: string;
  /**
   * A second real Keystone with the same accounts, whose tokens live for five seconds, and which may
   * be restarted: see `troubled()` in `test/server/client.ts`. Absent with a Keystone that isn't
   * ours.
   */
  readonly shortLived?: string;
  /**
   * The control server: the fault routes, and what reached which server. See
   * `test/server/client.ts`.
   */
  readonly control: string;
  /** The same under other origins, for pages: one for each of those that run at once. */
  readonly controls?: readonly string[];
  /** A second origin, to which the redirecting faults point. */
  readonly foreign: string;
  /** An address where nobody listens: a refused connection. */
  readonly closed: string;
  /** The users of the real Keystone with their passwords and roles. */
  readonly accounts: typeof import("./keystone/accounts.mjs").accounts;
  /** The case's own, so that who needs one is refused without it: a wrong count comes and goes. */
  readonly lane?: Lane | undefined;
}

export interface Case {
  readonly name: string;
  /** The runtimes it is meant for; in others it is left out, and not counted as passed. */
  readonly only?: readonly Runtime[];
  /** Without one it may overlap with all others. */
  readonly lane?: Lane;
  /** Unit cases simply ignore `env`. */
  run(env: Env): void | Promise<void>;
}

/** The cases of a file, all of them in one lane. */
export const inLane = (lane: Lane, cases: readonly Case[]): Case[] =>
  cases.map((one) => ({ ...one, lane }));
