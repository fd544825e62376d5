/** What each step of a program does. */
import type { Actor, Listener } from "./actor.ts";
import { call, post } from "./call.ts";
import { hosts } from "./cloud.ts";
import type { Step } from "./program.ts";
import { passwords } from "./secrets.ts";
import { project, type Stage, same, user } from "./world.ts";

export async function take(stage: Stage, step: Step): Promise<void> {
  if (step.do === "wait") {
    await stage.pass(duration(stage, step));
  } else {
    if ("who" in step) ask(stage, step, stage.actors[step.who % stage.actors.length] as Actor);
    else happen(stage, step);
    await stage.calm();
  }
}

const duration = ({ setup }: Stage, step: { ms: number } | { lives: number }) =>
  "ms" in step ? step.ms : setup.life * 1000 * step.lives;

/** What befalls all. */
function happen(stage: Stage, step: Exclude<Step, { who: number }>): void {
  const { cloud, store } = stage;
  if (step.do === "heal") cloud.heal();
  else if (step.do === "fault") cloud.break(step.at, step.name, step.times);
  else if (step.do !== "store") stage.leap(duration(stage, step), step.do === "sleep");
  else if (step.mood === "cut") store.damage((value) => value.slice(0, -20));
  else if (step.mood === "foreign") store.damage(() => '{"version":1,"key":"other"}');
  else store.set(step.mood);
}

/** What is asked of one session. */
function ask(stage: Stage, step: Extract<Step, { who: number }>, actor: Actor): void {
  const { session } = actor;
  const plain = (work: () => Promise<unknown>) => call(stage, step.do, actor, undefined, work);
  switch (step.do) {
    case "token":
      for (const abort of step.aborts) {
        call(stage, "token", actor, abort, (signal) => session.token({ signal }));
      }
      break;
    case "fetch":
    case "stream":
      for (const abort of step.aborts) post(stage, step.do, actor, abort);
      break;
    case "authenticate": {
      const given = step.how === "kept" ? undefined : user(passwords[step.how]);
      call(stage, step.do, actor, step.abort, (signal) => session.authenticate(given, { signal }));
      break;
    }
    case "revoke":
      // Who shares the token may follow.
      doubt(stage, actor);
      call(stage, step.do, actor, step.abort, (signal) => session.revoke({ signal }));
      break;
    case "restore":
      // It removes what is of no use: to the others that is a sign-out.
      if (stage.store.troubled() || actor.dead.size > 0) doubt(stage, actor);
      plain(() => session.restore());
      break;
    case "projects":
      plain(() => session.projects());
      break;
    case "service":
      plain(async () => (await session.service("compute")).get("servers").json());
      break;
    case "stray":
      // It must never get there: the rules see to that.
      plain(() => session.fetch(`${hosts.foreign}/v2.1/servers`));
      break;
    case "rescope":
      rescope(stage, actor);
      break;
    case "kill":
      for (const id of actor.expected.tokens()) stage.cloud.kill(id);
      break;
    case "subscribe":
      subscribe(stage, actor, step.kind);
      break;
    case "unsubscribe":
      for (const { stop } of [...actor.listeners].slice(0, 1)) stop();
  }
}

function doubt({ actors }: Stage, { scope }: Actor): void {
  for (const other of actors) if (other.scope === scope) other.unsure = true;
}

function rescope(stage: Stage, parent: Actor): void {
  if (stage.actors.length >= 5) return;
  const scope = `p${stage.actors.length}`;
  stage.enter(parent.session.rescope(project(scope)), parent.tab, scope, parent);
}

function subscribe(stage: Stage, actor: Actor, kind: "plain" | "asks" | "once"): void {
  const { session, listeners, name } = actor;
  const listener: Listener = { last: session.state, fresh: true, stop: () => undefined };
  const unsubscribe = session.subscribe(() => {
    const { state } = session;
    stage.called();
    if (!listeners.has(listener)) stage.wrong(`${name}: a listener that was gone is called`);
    const news = listener.fresh || !same(state, listener.last);
    if (!news) stage.wrong(`${name}: a listener is called for nothing`);
    listener.last = state;
    const over = state.status === "expired" && state.reason === "time" && !listener.fresh;
    if (over && stage.isLate(state.token.id)) {
      stage.wrong(`${name}: the end of ${state.token.id} is told late`);
    }
    if (kind === "once") listener.stop();
    // As a page does that wants to stay logged in.
    if (kind === "asks" && state.status === "expired") {
      const done = () => {
        actor.posts = 0;
      };
      session.token().then(done, done);
    }
  });
  listener.stop = () => {
    unsubscribe();
    listeners.delete(listener);
  };
  listeners.add(listener);
}
