/** The sessions of a program, and the calls that were made to them. */
import type { Session } from "../../src/session/contract.ts";
import type { SessionState as State } from "../../src/session/transition.ts";
import type { Call } from "./cloud.ts";
import type { Expected } from "./expected.ts";

/** A call of the public API. */
export interface Op {
  readonly name: string;
  readonly kind: string;
  readonly actor: Actor;
  /** Its reason must be what the call rejects with. */
  readonly signal: AbortSignal;
  /** Aborts it. */
  leave: () => void;
  aborted: boolean;
  /** Aborted while it was waiting for something, so that it can't end otherwise. */
  sharp: boolean;
  settled: "no" | "resolved" | "rejected";
  value?: unknown;
  /** The tokens that its session may have had in the meantime. */
  readonly tokens: Set<string>;
  /** Calls that wait for the same login end together. */
  group?: object;
  /** How often it was sent, redirects apart, with what, and the status of the last answer. */
  token: string;
  tries: number;
  status: number;
  /** Whether it is at the service now. */
  flying: boolean;
}

type Refused = "no" | "maybe" | "yes";

export interface Listener {
  /** The state that it was notified of last. */
  last: State;
  /** Just subscribed: it may still be notified of what somebody saw a moment before. */
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
  /** The calls that are not settled. */
  readonly ops: Set<Op>;
  /** The login in progress. */
  flying: Call | undefined;
  /** How often it was sent since a call ended, redirects apart, and the status of the last answer. */
  posts: number;
  status: number;
  /**
   * The tokens that it was told are dead, or revoked itself, and has never to use again; with a GET
   * one can't know whether it was the first 401 or the second, of which a session makes nothing.
   */
  readonly dead: Map<string, "rejected" | "revoked" | "doubted">;
  /** Whether its kept credentials were refused for its scope since `authenticate()` was called. */
  refused: Refused;
  /** Whether they were refused for all sessions of its tab: parent and rescoped share them. */
  readonly family: { refused: Refused };
  /** Whether the last answer to a login was a 401 to its parent's token. */
  isScopeAtFault: boolean;
  /** Something that was aborted, or that another tab did, may still change it. */
  unsure: boolean;
}

export const isDead = ({ dead }: Actor, id: string) => (dead.get(id) ?? "doubted") !== "doubted";

export const waits = ({ ops }: Actor, kind: string) =>
  [...ops].filter((op) => op.kind === kind && !op.aborted);
