/** The sessions of a program, and the calls that were made of them. */
import type { Session } from "../../src/session/session.ts";
import type { State } from "../../src/session/transition.ts";
import type { Call } from "./cloud.ts";
import type { Expected } from "./expected.ts";

/** A call of the public API. */
export interface Op {
  readonly name: string;
  readonly kind: string;
  readonly actor: Actor;
  /** Its reason must come out again. */
  readonly signal: AbortSignal;
  /** Gives it up. */
  leave: () => void;
  aborted: boolean;
  /** Given up while it waited for something, and so with no other end under way. */
  sharp: boolean;
  settled: "no" | "resolved" | "rejected";
  value?: unknown;
  /** The tokens that its session may have had in the meantime. */
  readonly tokens: Set<string>;
  /** Those who wait for the same login end together. */
  group?: object;
  /** How often it was sent, redirects apart, with what, and the status of the last answer. */
  token: string;
  tries: number;
  status: number;
  /** Whether it is at the service now. */
  flying: boolean;
}

export interface Listener {
  /** The state that it was told of last. */
  last: State;
  /** Subscribed just now: it may still be told of what somebody saw a moment before. */
  fresh: boolean;
  stop: () => void;
}

/** A session, and what is known of it from outside. */
export interface Actor {
  readonly name: string;
  readonly tab: number;
  /** The project that it asks for, or "unscoped": no other session of its tab has the same. */
  readonly scope: string;
  readonly session: Session;
  /** Whether it has a place in the store: a child without credentials has none. */
  readonly shares: boolean;
  readonly parent?: Actor;
  readonly expected: Expected;
  last: State;
  readonly listeners: Set<Listener>;
  /** Those that are not settled. */
  readonly ops: Set<Op>;
  /** The login that is under way. */
  flying: Call | undefined;
  /** How often it was sent since a call ended, redirects apart, and the status of the last answer. */
  posts: number;
  status: number;
  /**
   * The tokens that it was told are dead, or revoked itself, and has never to use again; with a GET
   * one can't know whether it was the first 401 or the second, of which a session makes nothing.
   */
  readonly dead: Map<string, "rejected" | "revoked" | "doubted">;
  /** Whether its kept credentials were refused since `authenticate()` was called. */
  refused: "no" | "maybe" | "yes";
  /** Something that was given up, or that another tab did, may still change it. */
  unsure: boolean;
}

export const isDead = ({ dead }: Actor, id: string) => (dead.get(id) ?? "doubted") !== "doubted";

export const waits = ({ ops }: Actor, kind: string) =>
  [...ops].filter((op) => op.kind === kind && !op.aborted);
