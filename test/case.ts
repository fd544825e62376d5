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

/** What a case is told about the world it runs in; plain JSON, the same in every runtime. */
export interface Env {
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
  /** A second origin, to which the redirecting faults point. */
  readonly foreign: string;
  /** An address where nobody listens: a refused connection. */
  readonly closed: string;
  /** The users of the real Keystone with their passwords and roles. */
  readonly accounts: typeof import("./keystone/accounts.mjs").accounts;
}

export interface Case {
  readonly name: string;
  /** The runtimes it is meant for; in others it is left out, and not counted as passed. */
  readonly only?: readonly Runtime[];
  /** Unit cases simply ignore `env`. */
  run(env: Env): void | Promise<void>;
}
