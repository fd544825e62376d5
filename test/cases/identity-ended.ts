/**
 * What a token rests on is deleted: some Keystones then answer 404 to everything, which must not
 * read as "there is no such thing", nor as "no" where it was asked whether something is so.
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

/** By what is deleted: a session that rests on it, what deletes it, and what gets it. */
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
      for (const work of [() => roles.check(session, grant), () => users.get(session, adminId)]) {
        const { message } = await failure(work, UnauthorizedError);
        assert.include(message, `its ${what} is gone`);
      }
      // Who asks for the very thing is told what the server says of it.
      await failure(get, NotFoundError);
    }),
}));

export default cases;
