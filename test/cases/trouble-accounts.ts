/** What happens to a user in the middle of a session: another password, disabled, without a role. */
import { assert } from "chai";
import { createSession, password, type Session, UnauthorizedError } from "keystone-fetch";
import { type Case, type Env, inLane } from "../case.ts";
import { assertHides, failure } from "../fixtures/failures.ts";
import { adminOf, during, login, project, shortLived, sleep } from "../fixtures/sessions.ts";
import { troubled } from "../server/client.ts";

const get = "GET keystone /v3/auth/projects";

/** A user for one case, with a role on one project. */
async function newcomer(env: Env) {
  const keystone = await adminOf(env).service("identity");
  const found = async (kind: string, searchParams: Record<string, string>): Promise<string> => {
    const body = await keystone
      .get(kind, { searchParams })
      .json<Record<string, { id: string }[]>>();
    return body[kind]?.[0]?.id ?? assert.fail(`no such ${kind}`);
  };
  const [projectId, roleId] = await Promise.all([
    found("projects", { name: "web", domain_id: "default" }),
    found("roles", { name: "member" }),
  ]);
  const name = `case-${crypto.randomUUID()}`;
  const secret = `first-${crypto.randomUUID()}`;
  const json = { user: { name, password: secret, domain_id: "default" } };
  const { id } = (await keystone.post("users", { json }).json<{ user: { id: string } }>()).user;
  const role = `projects/${projectId}/users/${id}/roles/${roleId}`;
  await keystone.put(role);
  const session = (secret: string): Session =>
    createSession({
      authUrl: `${env.keystone}/v3`,
      auth: password({ id, password: secret }),
      scope: project("web"),
      // For this session, tokens never expire, however long a case takes.
      fetch: shortLived(3600),
    });
  return {
    id,
    secret,
    session,
    enable: (enabled: boolean) => keystone.patch(`users/${id}`, { json: { user: { enabled } } }),
    removeRole: () => keystone.delete(role),
    giveRole: () => keystone.put(role),
  };
}

/** A call that must fail, and what it sent. */
async function refused(env: Env, session: Session, ...secrets: string[]): Promise<string[]> {
  return during(env, async () => {
    const error = await failure(session.projects(), UnauthorizedError);
    assert.equal(error.status, 401);
    assertHides(error, ...secrets);
  });
}

/**
 * Checks that the session's token is dead and can't be renewed: the first call finds that out, and
 * tries once to renew it; the others fail without a request.
 */
async function assertEnded(env: Env, session: Session, ...secrets: string[]): Promise<void> {
  const token = await session.token();
  assert.deepEqual(await refused(env, session, token.id, ...secrets), [get, login]);
  assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
  assert.isEmpty(await refused(env, session, token.id, ...secrets));
  assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
}

/** Keystone revokes by whole seconds: no token issued in that second is good. */
const nextSecond = () => sleep(1050 - (Date.now() % 1000));

const cases: readonly Case[] = [
  {
    name: "a user's new password ends all tokens; the new one brings the session back",
    async run(env) {
      const world = troubled(env);
      const user = await newcomer(world);
      const session = user.session(user.secret);
      const other = user.session(user.secret);
      await Promise.all([session, other].map((one) => one.token()));
      const next = `second-${crypto.randomUUID()}`;
      const keystone = await session.service("identity");
      await keystone.post(`users/${user.id}/password`, {
        json: { user: { password: next, original_password: user.secret } },
      });
      await assertEnded(world, session, user.secret, next);
      await assertEnded(world, other, user.secret, next);
      await nextSecond();
      await session.authenticate(password({ id: user.id, password: next }));
      const sent = await during(world, () => session.projects());
      assert.deepEqual(sent, [get]);
    },
  },
  {
    name: "a login in the very second of that change may get a dead token: two tries, no loop",
    async run(env) {
      const world = troubled(env);
      const user = await newcomer(world);
      const next = `second-${crypto.randomUUID()}`;
      const keystone = await user.session(user.secret).service("identity");
      const session = user.session(next);
      await keystone.post(`users/${user.id}/password`, {
        json: { user: { password: next, original_password: user.secret } },
      });
      let error: unknown;
      const sent = await during(world, async () => {
        error = await session.projects().catch((reason) => reason);
      });
      if (!Array.isArray(error)) assert.instanceOf(error, UnauthorizedError);
      assert.include(
        ["login get", "login get login get"],
        sent.map((line) => (line === login ? "login" : "get")).join(" "),
      );
      await nextSecond();
      assert.lengthOf(await session.projects(), 1);
    },
  },
  {
    name: "every call of a disabled user says so; authenticate() works once the user is enabled again",
    async run(env) {
      const world = troubled(env);
      const user = await newcomer(world);
      const session = user.session(user.secret);
      await session.token();
      await user.enable(false);
      await assertEnded(world, session, user.secret);
      await user.enable(true);
      await nextSecond();
      assert.isEmpty(await refused(world, session, user.secret));
      const sent = await during(world, async () => {
        await session.authenticate();
        await session.projects();
      });
      assert.deepEqual(sent, [login, get]);
      assert.equal(session.state.status, "scoped");
    },
  },
  {
    name: "every call of a user without the role says so; authenticate() works once the role is back",
    async run(env) {
      const world = troubled(env);
      const user = await newcomer(world);
      const session = user.session(user.secret);
      await session.token();
      await user.removeRole();
      await assertEnded(world, session, user.secret);
      await user.giveRole();
      // A token of the second in which the role was removed would be dead at once.
      await nextSecond();
      await session.authenticate();
      const sent = await during(world, () => session.projects());
      assert.deepEqual(sent, [get]);
      assert.equal(session.state.status, "scoped");
    },
  },
];

export default inLane("troubled", cases);
