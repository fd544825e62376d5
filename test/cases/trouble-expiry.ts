/**
 * Real tokens that live for five seconds: renewed, expired and inherited on time, whatever the clock
 * says.
 */
import { assert } from "chai";
import { type Session, token as tokenMethod, UnauthorizedError } from "keystone-fetch";
import { type Case, type Env, inLane, type Runtime } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  demoOn,
  during,
  login,
  project,
  sessionOf,
  sleep,
  withoutAuth,
} from "../fixtures/sessions.ts";
import { troubled } from "../server/client.ts";

/** When a session counts a token with this life in ms as expired: a tenth of it before the end. */
const spentAfter = (life: number) => life * 0.9;

/** The ms until a session's next change of state. */
function untilChange(session: Session): Promise<number> {
  const began = Date.now();
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      stop();
      resolve(Date.now() - began);
    });
  });
}

async function keptAuthGoesOn(env: Env): Promise<void> {
  const session = demoOn(env);
  const token = await session.token();
  const began = Date.now();
  const keystone = await session.service("identity");
  const { url } = await session.endpoint("identity");
  /** When each other token was first seen. */
  const renewed = new Map<string, number>();
  for (let call = 0; Date.now() - began < 5300; call++) {
    const path = "auth/projects";
    const reply = call % 2 ? keystone.get(path) : session.fetch(`${url}/${path}`);
    assert.equal((await reply).status, 200);
    const { id } = await session.token();
    if (id !== token.id && !renewed.has(id)) renewed.set(id, Date.now() - began);
    await sleep(200);
  }
  assert.lengthOf([...renewed], 1);
  // This may come a second too early: Keystone counts whole seconds, and says 401 at the true end.
  assert.closeTo(Math.max(...renewed.values()), spentAfter(5000), 1000);
}

async function withoutAuthItEnds(env: Env): Promise<void> {
  const session = await withoutAuth(env, project("web"));
  const token = await session.token();
  assert.closeTo(await untilChange(session), spentAfter(5000), 1000);
  assert.deepInclude(session.state, { status: "expired", token, reason: "time" });
  const { url } = await session.endpoint("identity");
  for (const call of [
    () => session.token(),
    () => session.projects(),
    () => session.fetch(`${url}/auth/projects`),
  ]) {
    assert.match((await failure(call, UnauthorizedError)).message, /authenticate\(\)/);
  }
  assert.deepInclude(session.state, { status: "expired", token, reason: "time" });
}

async function rescopedGoesBackToAuth(env: Env): Promise<void> {
  const parent = demoOn(env);
  const { expiresAt } = await parent.token();
  await sleep(2000);
  const child = parent.rescope(project("data"));
  const token = await child.token();
  assert.deepEqual([token.expiresAt, token.methods.includes("token")], [expiresAt, true]);
  await Promise.all([parent, child].map(untilChange));
  assert.deepEqual((await child.token()).methods, ["password"]);
  assert.equal(parent.state.status, "expired");
}

async function tokenMethodInherits(env: Env): Promise<void> {
  const began = Date.now();
  const { id, expiresAt } = await demoOn(env).token();
  await sleep(2000);
  const session = sessionOf(env, "demo", { auth: tokenMethod(id), scope: project("data") });
  const token = await session.token();
  assert.deepEqual(token.expiresAt, expiresAt);
  const life = Number(token.expiresAt) - Number(token.issuedAt);
  assert.isAtMost(life, 3000);
  // Keystone counts whole seconds: on a quiet machine this is 2000.
  assert.isAtLeast(life, 5000 - 1000 * Math.ceil((Date.now() - began) / 1000));
  assert.closeTo(await untilChange(session), spentAfter(life), 1000);
  await sleep(600); // until its end at Keystone, too
  await failure(session.token(), UnauthorizedError);
  assert.deepInclude(session.state, { status: "expired", token, reason: "time" });
}

/** What can be seen within five seconds, all at once, and the number of logins. */
const parts: readonly [logins: number, (env: Env) => Promise<void>][] = [
  [2, keptAuthGoesOn],
  [1, withoutAuthItEnds],
  [3, rescopedGoesBackToAuth], // the parent, the child by its token, the child by the password
  [3, tokenMethodInherits], // the parent, the session, and its try with a dead token
];

const day = 86_400_000;

/** By how many ms a clock is wrong, and in which runtimes that is tried, given the time it takes. */
const clocks: Record<string, [offset: number, only?: readonly Runtime[]]> = {
  fast: [day],
  slow: [-day, ["node", "chromium"]],
};

const cases: readonly Case[] = Object.entries(clocks).map(([clock, [offset, only]]) => ({
  name: `with a clock a day ${clock}, tokens of five seconds are renewed, inherited and end on time`,
  ...(only && { only }),
  async run(env) {
    const world = troubled(env);
    const { now } = Date;
    Date.now = () => now() + offset;
    try {
      const sent = await during(world, () => Promise.all(parts.map(([, part]) => part(world))));
      const logins = parts.reduce((sum, [count]) => sum + count, 0);
      assert.lengthOf(
        sent.filter((line) => line === login),
        logins,
      );
    } finally {
      Date.now = now;
    }
  },
}));

export default inLane("alone", cases);
