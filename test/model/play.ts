/** Runs a program: each step is a call, a fault, or time; after each step the world is checked. */
import type { Actor, Op } from "./actor.ts";
import { call, post } from "./call.ts";
import { createClock } from "./clock.ts";
import type { Program } from "./program.ts";
import { passwords } from "./secrets.ts";
import { take } from "./steps.ts";
import { createStage, type Stage, user } from "./world.ts";

const start = Date.UTC(2030, 0, 1);

/** @throws what was wrong, with what had happened up to then */
export async function play({ setup, steps }: Program, count: (what: string) => void) {
  const clock = createClock(start);
  const uninstall = clock.install();
  try {
    const stage = createStage(setup, clock, count);
    for (const step of steps) {
      stage.note(JSON.stringify(step));
      count(step.do);
      await take(stage, step);
    }
    await end(stage);
  } finally {
    uninstall();
  }
}

/** Everything ends, nothing is left behind, and once the world works again, so do all sessions. */
async function end(stage: Stage): Promise<void> {
  const { actors, ops, cloud, clock, store, wrong, check } = stage;
  stage.note("end");
  const open = () => [...ops.values()].filter(({ settled }) => settled === "no");
  const busy = () => open().some(({ flying }) => !flying);
  for (let minute = 0; minute < 180 && busy(); minute++) await stage.pass(60_000);
  // A service may take as long as it likes: only the caller can end that.
  for (const op of open().filter(({ flying }) => flying)) op.leave();
  await stage.calm();
  for (const { name, kind } of open()) wrong(`${name} (${kind}) hangs`);
  for (const { listeners } of actors) for (const { stop } of listeners) stop();
  for (let minute = 0; minute < 180 && clock.timers() > 0; minute++) await stage.pass(60_000);
  if (clock.timers() > 0) wrong(`${clock.timers()} timers are left`);
  check(true);
  cloud.heal();
  store.set("fine");
  for (const actor of actors) await works(stage, actor);
}

/** A session that can log in does so, and its requests are done. */
async function works(stage: Stage, actor: Actor, again = false): Promise<void> {
  const { ops, setup, wrong } = stage;
  const done = async () => {
    const op = [...ops.values()].at(-1) as Op;
    await stage.pass(25_000, () => op.settled !== "no");
    return op;
  };
  // What was refused is not sent again by itself.
  const by = setup.kept ? actor : rootOf(actor);
  if (!setup.kept || actor.refused !== "no" || actor.family.refused !== "no") {
    const given = setup.kept ? undefined : user(passwords.right);
    call(stage, "authenticate", by, undefined, () => by.session.authenticate(given));
    await done();
  }
  post(stage, "fetch", actor, undefined);
  const { name, value } = await done();
  if (value === 401 && !again) {
    // The second token may be dead too, of which a session can't know: the next call is right.
    await works(stage, actor, true);
  } else if (value !== 200) {
    wrong(`${name}: the world works again, and ${actor.name} does not`);
  }
  stage.check(true);
}

const rootOf = (actor: Actor): Actor => (actor.parent ? rootOf(actor.parent) : actor);
