/** A call of the public API: it is made, aborted if required, and its outcome is checked. */
import { KeystoneError } from "../../src/errors.ts";
import type { Token } from "../../src/token.ts";
import { type Actor, isDead, type Op } from "./actor.ts";
import { hosts } from "./cloud.ts";
import type { Abort } from "./program.ts";
import { leak } from "./secrets.ts";
import type { Stage } from "./world.ts";

/** One of each kind that a caller may have; a TypeError is what fetch's own failures look like. */
const reasons: readonly ((name: string) => unknown)[] = [
  () => undefined,
  (name) => name,
  (name) => ({ name }),
  (name) => new Error(name),
  () => new TypeError("fetch failed"),
  // By their names, ky would mistake them for its own errors.
  (name) => new DOMException(name, "TimeoutError"),
  (name) => Object.assign(new Error(name), { name: "HTTPError" }),
];

export function call(
  stage: Stage,
  kind: string,
  actor: Actor,
  abort: Abort,
  work: (signal: AbortSignal, op: Op) => Promise<unknown>,
): void {
  const { ops, clock } = stage;
  const name = `op${ops.size}`;
  const controller = new AbortController();
  const began = clock.passed();
  let stop: (() => void) | undefined;
  const leave = () => {
    if (op.settled !== "no") return;
    op.aborted = true;
    op.sharp = clock.passed() > began;
    // What has begun goes on, unobserved.
    if (kind !== "token" && kind !== "fetch") actor.unsure = true;
    controller.abort(reasons[ops.size % reasons.length]?.(name));
  };
  const op: Op = {
    ...{
      name,
      kind,
      actor,
      aborted: false,
      sharp: false,
      settled: "no",
      tries: 0,
      token: "",
      status: 0,
      flying: false,
    },
    tokens: new Set(actor.expected.tokens()),
    ...{ signal: controller.signal, leave },
  };
  ops.set(name, op);
  actor.ops.add(op);
  if (abort === "before") leave();
  const settled = (how: "resolved" | "rejected") => (value: unknown) => {
    stop?.();
    op.settled = how;
    op.value = value;
    actor.ops.delete(op);
    actor.posts = 0;
    if (kind === "authenticate") forgetRefusals(stage, actor);
    stage.note(`${name} ${how} ${how === "rejected" ? value : ""}`);
    stage.count(`${kind} ${how === "rejected" ? nameOf(value) : how}`);
    if (how === "rejected") rejected(stage, op);
    else resolved(stage, op);
  };
  stage.note(`${name} = ${actor.name} ${kind} ${abort ?? ""}`);
  // In an async function, since nothing may be thrown at once either.
  (async () => work(controller.signal, op))().then(settled("resolved"), settled("rejected"));
  if (abort === 0) leave();
  else if (typeof abort === "number") stop = clock.after(abort, leave);
}

/** It may have begun, and then all of its family may send their credentials again. */
function forgetRefusals({ actors }: Stage, { family }: Actor): void {
  const members = actors.filter((actor) => actor.family === family);
  for (const one of [...members, family]) if (one.refused === "yes") one.refused = "maybe";
}

const nameOf = (error: unknown) => (error instanceof KeystoneError ? error.name : "gave up");

function rejected({ wrong }: Stage, op: Op): void {
  const { name, kind, actor, aborted, sharp, signal, value } = op;
  if (aborted && value === signal.reason) return;
  if (sharp) wrong(`${name} was given up, and ended with ${value}`);
  if (!(value instanceof KeystoneError)) wrong(`${name} ended with ${value}`);
  const secret = leak(value);
  if (secret) wrong(`${name} shows a secret: ${secret}`);
  if (kind !== "revoke") return;
  const { state } = actor.session;
  // Whoever was next in turn may have a token already, before the failure is heard of.
  if (state.status === "scoped" || state.status === "unscoped") return;
  actor.expected.revoked(value);
  if (!("error" in state) || state.error !== value) wrong(`${name}: its error is not in the state`);
}

function resolved(stage: Stage, { name, kind, actor, tokens, value }: Op): void {
  const { wrong, store } = stage;
  if (kind === "revoke") actor.expected.revoked();
  if (kind !== "token" && kind !== "authenticate") return;
  const { id } = value as Token;
  const known = tokens.has(id) || (kind === "token" && store.ever.has(id));
  if (!known) wrong(`${name}: ${id} was never this session's`);
  // Who waits for a store that hangs may hear of the end in the meantime.
  if (isDead(actor, id) && !store.troubled())
    wrong(`${name}: ${id} is dead, and the session knows it`);
}

/** A request of which the service says whether it was done, and how often. */
export function post(stage: Stage, kind: "fetch" | "stream", actor: Actor, abort: Abort): void {
  call(stage, kind, actor, abort, async (signal, { name }) => {
    const body = kind === "stream" ? (new Response(name).body as ReadableStream) : name;
    const init = { method: "POST", body, signal, duplex: "half" };
    const response = await actor.session.fetch(`${hosts.service}/v2.1/servers`, init);
    return response.status;
  });
}
