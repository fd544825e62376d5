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
 * Cases run side by side, except for those that would disturb each other: no two of a lane overlap,
 * and a case in the lane "alone" runs when nothing else does.
 *
 * - "alone": counts what reaches the real Keystone, replaces a global, or is a heavy load;
 * - "troubled": counts requests to the Keystone with short-lived tokens, or disrupts it, see
 *   `troubled()`;
 * - "credentials": lists all of them, which fails in Keystone if one is deleted in the meantime.
 */
export type Lane = "alone" | "troubled" | "credentials";

/**
 * The runtimes that are pages: they see only what CORS exposes of an answer, see nothing of a redirect
 * to another origin, and have few connections.
 */
export const pages: readonly Runtime[] = ["chromium", "firefox", "webkit"];

export const isPage = ({ runtime }: Env): boolean => pages.includes(runtime);

/** What a case knows about the world in which it runs; plain JSON, the same in every runtime. */
export interface Env {
  /** Its name in the table: two engines may have the same runtime. */
  readonly engine: string;
  readonly runtime: Runtime;
  /** Keystone's major version: 22 is Zed, 27 is 2025.1, 30 is 2026.2. */
  readonly release: number;
  /** Root of the real Keystone, without a version: `http://127.0.0.1:35357`. */
  readonly keystone: string;
  /** Root of the real Placement service in its catalog, where one was started. */
  readonly placement?: string;
  /**
   * A second real Keystone with the same accounts, whose tokens live for five seconds, and which may
   * be restarted: see `troubled()` in `test/server/client.ts`. Absent if the Keystone isn't ours.
   */
  readonly shortLived?: string;
  /** The federated Keystone, for its own cases: see `test/gates/federation.mjs`. */
  readonly federation?: {
    /** Keystone's root, where access tokens are JWTs. */
    readonly keystone: string;
    /** Its root on the port where the provider is asked about each access token. */
    readonly introspecting: string;
    /** The OpenID provider. */
    readonly issuer: string;
  };
  /**
   * The control server: the fault routes, and what reached which server. See
   * `test/server/client.ts`.
   */
  readonly control: string;
  /** The same server under other origins, for pages: one for each case that runs at the same time. */
  readonly controls?: readonly string[];
  /** Servers with Identity v2.0 alone, on sockets of their own: see `test/server/v2-client.ts`. */
  readonly v2?: { readonly identity: string; readonly network: string };
  /** A second origin, to which the redirecting faults point. */
  readonly foreign: string;
  /** A server for each condition that `diagnose()` tells apart, by its name: see diagnose.mjs. */
  readonly diagnose?: Readonly<Record<string, string>>;
  /** An address where nobody listens: a refused connection. */
  readonly closed: string;
  /** The users of the real Keystone with their passwords and roles. */
  readonly accounts: typeof import("./keystone/accounts.mjs").accounts;
  /**
   * The case's own lane, so that helpers that need one can refuse to work without it: wrong counts
   * come and go.
   */
  readonly lane?: Lane | undefined;
}

export interface Case {
  readonly name: string;
  /** The runtimes for which it is meant; in others it is left out, and not counted as passed. */
  readonly only?: readonly Runtime[];
  /** Without a lane it may overlap with all others. */
  readonly lane?: Lane;
  /** Unit cases simply ignore `env`. */
  run(env: Env): void | Promise<void>;
}

/** The cases of a file, all of them in one lane. */
export const inLane = (lane: Lane, cases: readonly Case[]): Case[] =>
  cases.map((one) => ({ ...one, lane }));
