/**
 * If what a token rests on is deleted, some Keystones answer 404 to everything, which must not be read
 * as "there is no such thing", nor as a "no" to a check.
 */
import { assert } from "chai";
import {
  applicationCredential,
  createSession,
  NotFoundError,
  password,
  type Session,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { applicationCredentials, projects, roles, trusts, users } from "../fixtures/identity.ts";
import { scratchProject, scratchUser, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf } from "../fixtures/sessions.ts";

interface Stage {
  readonly env: Env;
  readonly admin: Session;
  /** A user with the role on the project, and who they are. */
  readonly owner: Session;
  readonly user: string;
  readonly project: string;
  readonly role: string;
}

/**
 * By what is deleted: a session that rests on it, a function that deletes it, and one that gets it.
 */
const endings: Record<
  string,
  (stage: Stage) => Promise<[Session, () => Promise<void>, () => Promise<unknown>]>
> = {
  async "application credential"({ env, owner, user }) {
    const { id, secret } = await applicationCredentials.create(owner, user, { name: unique("a") });
    const session = createSession({
      authUrl: `${env.keystone}/v3`,
      auth: applicationCredential({ id, secret }),
    });
    return [
      session,
      () => applicationCredentials.delete(owner, user, id),
      () => applicationCredentials.get(session, user, id),
    ];
  },
  async trust({ admin, owner, user, project, role }) {
    const { id } = await trusts.create(owner, {
      trustor_user_id: user,
      trustee_user_id: (await admin.token()).user.id,
      impersonation: false,
      project_id: project,
      roles: [{ id: role }],
    });
    const session = admin.rescope({ trust: { id } });
    return [session, () => trusts.delete(owner, id), () => trusts.get(session, id)];
  },
  async project({ owner, admin, project }) {
    return [owner, () => projects.delete(admin, project), () => projects.get(owner, project)];
  },
  async user({ owner, admin, user }) {
    return [owner, () => users.delete(admin, user), () => users.get(owner, user)];
  },
};

const cases: readonly Case[] = Object.entries(endings).map(([what, end]) => ({
  name: `a token whose ${what} was deleted has ended, and says nothing of what was asked`,
  run: (env) =>
    undoing(async (undo) => {
      const admin = adminOf(env);
      const secret = unique("secret");
      const user = await scratchUser(admin, undo, secret);
      const project = await scratchProject(admin, undo);
      const { id: role } = await roles.find(admin, "member");
      await roles.assign(admin, { role, user, project });
      const owner = createSession({
        authUrl: `${env.keystone}/v3`,
        auth: password({ id: user, password: secret }),
        scope: { project: { id: project } },
      });
      const [session, remove, get] = await end({ env, admin, owner, user, project, role });
      await session.token();
      const adminId = (await admin.token()).user.id;
      const grant = { role, user: adminId, project: (await projects.find(admin, "web")).id };
      await remove();
      // Whoever asks for the very thing gets the server's answer.
      await failure(get, NotFoundError);
      for (const work of [() => roles.check(session, grant), () => users.get(session, adminId)]) {
        await failure(work, UnauthorizedError);
        assert.equal(session.state.status, "expired");
      }
    }),
}));

export default cases;
