/** A world for one program: its clock, cloud, store and sessions, and what is checked of them. */
import { password } from "../../src/auth/password.ts";
import { KeystoneError } from "../../src/errors.ts";
import type { Scope } from "../../src/scope.ts";
import type { Session } from "../../src/session/contract.ts";
import { createSession } from "../../src/session/session.ts";
import { isLive, type SessionState as State } from "../../src/session/transition.ts";
import type { Actor, Op } from "./actor.ts";
import { type Clock, settle } from "./clock.ts";
import { type Cloud, createCloud, hosts } from "./cloud.ts";
import { createExpected, describe, live } from "./expected.ts";
import type { Setup } from "./program.ts";
import { createRules, mayTake, type World } from "./rules.ts";
import { passwords } from "./secrets.ts";
import { createStore } from "./shared-store.ts";

/** After a sleep, timers are late: so long the end of a token may stay unannounced. */
const patience = 60_000;

export const project = (id: string): Scope => ({ project: { id } });
export const user = (secret: string) => password({ id: "0a74", password: secret });

export type Stage = ReturnType<typeof createStage>;

export function createStage(setup: Setup, clock: Clock, count: (what: string) => void) {
  const trace: string[] = [];
  const faults: string[] = [];
  const actors: Actor[] = [];
  const ops = new Map<string, Op>();
  const received = new Map<string, number>();
  const store = createStore(setup.store, clock);
  let checks = 0;
  let calls = 0;
  let leapt = Number.NEGATIVE_INFINITY;

  const note = (line: string) => void trace.push(`${clock.passed()} ${line}`);
  const wrong = (what: string) => {
    note(`WRONG ${what}`);
    faults.push(what);
  };
  const overdue = (id: string) => {
    const life = cloud.tokens.get(id)?.life ?? 0;
    const margin = Math.min((setup.margin ?? 120) * 1000, life / 10);
    // As a Date has it, in whole milliseconds.
    return clock.now() - Math.floor((received.get(id) ?? 0) + life - margin);
  };
  const isOver = (id: string) => overdue(id) >= 0;
  const mayBeOver = (id: string) => (received.get(id) ?? 0) > clock.now();
  const rules = createRules(() => world, setup.retry);
  const cloud: Cloud = createCloud(clock, setup, {
    sent: (call) => {
      note(`→ tab ${call.tab} ${call.method} ${call.at} ${call.scope} ${call.token} ${call.url}`);
      rules.sent(call);
    },
    delivered: (call, reply) => {
      note(`← tab ${call.tab} ${call.at} ${reply.ending ?? reply.status} ${reply.grant ?? ""}`);
      rules.delivered(call, reply);
    },
    ended: rules.ended,
  });
  const world: World = {
    ...{ cloud, store, actors, ops, received, isOver, wrong, count },
    now: clock.now,
  };

  function enter(session: Session, tab: number, scope: string, parent?: Actor): void {
    const actor: Actor = {
      ...{ name: `s${actors.length}`, tab, scope, session, listeners: new Set(), ops: new Set() },
      ...(parent && { parent }),
      ...{
        expected: createExpected(isOver, mayBeOver),
        last: session.state,
        flying: undefined,
        posts: 0,
        status: 0,
      },
      ...{ dead: new Map(), refused: "no", unsure: false, shares: setup.kept || !parent },
      ...{ family: parent?.family ?? { refused: "no" }, isScopeAtFault: false },
    };
    actors.push(actor);
  }

  for (let tab = 0; tab < setup.tabs; tab++) {
    const session = createSession({
      authUrl: hosts.keystone + (setup.versioned ? "/v3" : ""),
      auth: setup.kept ? user(passwords.right) : undefined,
      scope: setup.scoped ? project("p0") : undefined,
      store: store.of(tab),
      fetch: cloud.fetchOf(tab) as typeof fetch,
      timeout: setup.timeout,
      retry: setup.retry,
      expiryMargin: setup.margin,
      // An unscoped token has no catalog that would name the service.
      trustedOrigins: setup.scoped ? undefined : [hosts.service],
    });
    enter(session, tab, setup.scoped ? "p0" : "unscoped");
  }

  /** The state is one that the diagram allows, and another object only if it is another state. */
  function look(actor: Actor): State {
    const { session, expected, name } = actor;
    const busy = [...actor.ops].some(({ kind }) => kind === "revoke");
    if (busy || actor.unsure) expected.mayBeRevoked();
    const { state } = session;
    const text = describe(state);
    const possible = expected.look();
    if (!possible.has(text)) wrong(`${name} is ${text}, expected ${[...possible].join(" or ")}`);
    if (!Object.isFrozen(state)) wrong(`${name}: a state that is not frozen`);
    const untouched = expected.untouched() && !actor.unsure && setup.store === "none";
    if (untouched && state !== actor.last && same(state, actor.last)) {
      wrong(`${name}: ${text}, a new object`);
    }
    if (state !== session.state) wrong(`${name}: ${text}, another object at each look`);
    if (state !== actor.last) {
      note(`${name} ${text}`);
      count(text.replace(/ .*\d/, ""));
    }
    expected.saw(text);
    actor.last = state;
    if (quiet()) actor.unsure = false;
    return state;
  }

  /** Subscribers learn of the expiry when it comes, without having looked. */
  function announced({ name, listeners, expected }: Actor): void {
    const id = expected.sure();
    if (!id || !isLate(id)) return;
    for (const { last } of listeners) {
      if (describe(last) === live(id)) wrong(`${name}: nobody was told of the end of ${id}`);
    }
  }

  /** On time is at once, or soon after the machine woke up. */
  const isLate = (id: string) => overdue(id) > 1 && clock.passed() - leapt > patience;

  /** Who is subscribed has seen the last change; one that a look brought about, right after it. */
  async function told(): Promise<void> {
    const late = actors.flatMap(({ name, last, listeners }) =>
      [...listeners].filter((one) => one.last !== last).map((one) => ({ name, last, one })),
    );
    if (late.length === 0) return;
    const before = late.map(({ one }) => one.last);
    await settle();
    may();
    for (const [index, { name, last, one }] of late.entries()) {
      if (one.last === before[index])
        wrong(`${name}: a listener was not told of ${describe(last)}`);
    }
  }

  /** What may happen unnoticed. */
  function may(): void {
    for (const actor of actors) {
      // It heard of the token's death while it restores: it removes it, which the others hear of.
      const removes = ({ scope, dead, ops: under }: Actor) =>
        scope === actor.scope && dead.size > 0 && [...under].some(({ kind }) => kind === "restore");
      if (actors.some(removes)) actor.unsure = true;
      for (const id of store.ever) if (mayTake(world, actor, id)) actor.expected.mayHave(id);
      actor.expected.mayEnd();
    }
  }

  function check(force = false): void {
    checks++;
    may();
    for (const actor of actors) {
      for (const listener of actor.listeners) listener.fresh = false;
      announced(actor);
      if (force || checks % setup.look === 0) look(actor);
    }
    const groups = new Map<object, Op>();
    for (const op of ops.values()) {
      if (op.aborted && op.settled === "no") wrong(`${op.name}: an abort that nobody heeds`);
      if (!op.group || op.aborted) continue;
      const first = groups.get(op.group) ?? op;
      groups.set(op.group, first);
      if (first.settled !== op.settled || !sameEnd(first.value, op.value)) {
        wrong(`${first.name} and ${op.name} waited for one login, and differ`);
      }
    }
    if (faults.length > 0) throw new Error(`${faults[0]}\n${trace.slice(-80).join("\n")}`);
  }

  /** Nothing is under way: the only timers are those that wait for the end of a token. */
  function quiet(): boolean {
    const watched = actors.filter(({ listeners, last }) => listeners.size > 0 && isLive(last));
    return (
      clock.pending() <= watched.length && actors.every((one) => one.ops.size === 0 && !one.flying)
    );
  }

  /** Everything that can happen now has happened, and is as it should be. */
  async function calm(): Promise<void> {
    do {
      await settle();
      check();
      if (setup.look === 1) await told();
    } while (clock.fire(clock.passed()));
  }

  return {
    ...{ actors, ops, store, cloud, clock, enter, look, check, calm, note, wrong, count, setup },
    isLate,
    /** A listener was called. */
    called: () => {
      calls++;
    },
    leap: (ms: number, slept: boolean) => {
      clock.jump(ms, slept);
      if (ms > 0) leapt = clock.passed();
      // What was over, and was left alone for that, is good again.
      else store.trouble();
    },
    /** Lets time pass, until then or until it is enough. */
    async pass(ms: number, enough = () => false): Promise<void> {
      await calm();
      const end = clock.passed() + ms;
      let [idle, before] = [quiet(), calls];
      while (!enough() && clock.fire(end)) {
        // Who only looks at the clock each minute need not be looked at each minute.
        if (!idle || calls !== before) await calm();
        [idle, before] = [quiet(), calls];
      }
      await calm();
    },
  };
}

/** Whether two calls ended alike: with one token, or with errors that say the same. */
function sameEnd(one: unknown, other: unknown): boolean {
  const areErrors = one instanceof KeystoneError && other instanceof KeystoneError;
  return areErrors ? one.message === other.message : one === other;
}

/** Whether two states say the same: then they have to be one object. */
export function same(one: State, two: State): boolean {
  const values = (state: State) =>
    Object.values(state).map((value) => (value instanceof Date ? value.getTime() : value));
  return (
    values(one).length === values(two).length &&
    values(one).every((value, index) => value === values(two)[index])
  );
}
