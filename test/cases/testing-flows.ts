/** What a session does, from its login to its end: at the real Keystone, and at the one in memory. */
import { assert } from "chai";
import {
  createSession,
  type Session,
  type SessionOptions,
  UnauthorizedError,
} from "keystone-fetch";
import { users } from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { scratchUser, undoing } from "../fixtures/scratch.ts";
import { adminOf, mapStore, passwordOf, project } from "../fixtures/sessions.ts";
import { twinOf } from "../testing/twin.ts";

interface Place {
  session(options?: Partial<SessionOptions>): Session;
  admin(): Session;
  /** Makes the server reject a token from now on. */
  reject(id: string): Promise<unknown>;
}

const places: Readonly<Record<string, (env: Env) => Place>> = {
  "the real Keystone": (env) => ({
    session: (options) =>
      createSession({
        authUrl: `${env.keystone}/v3`,
        auth: passwordOf(env, "demo"),
        scope: project("web"),
        ...options,
      }),
    admin: () => adminOf(env),
    async reject(id) {
      const headers = { "X-Auth-Token": id, "X-Subject-Token": id };
      await fetch(`${env.keystone}/v3/auth/tokens`, { method: "DELETE", headers });
    },
  }),
  "the one in memory": (env) => {
    const keystone = twinOf(env);
    return {
      session: (options) => createSession({ ...keystone.optionsFor("demo", "web"), ...options }),
      admin: () => createSession(keystone.optionsFor("admin")),
      async reject(id) {
        keystone.revoke(id);
      },
    };
  },
};

const flows: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  async "a login, another project, nothing, and back"({ session }) {
    const web = session();
    const token = await web.token();
    assert.deepEqual(token.roles.map(({ name }) => name).sort(), ["member", "reader"]);
    const data = await web.rescope(project("data")).token();
    assert.nestedPropertyVal(data.scope, "project.name", "data");
    assert.deepEqual(data.expiresAt, token.expiresAt);
    assert.sameMembers([...data.methods], ["password", "token"]);
    const unscoped = await web.rescope("unscoped").token();
    assert.deepEqual(unscoped.catalog, []);
    assert.includeMembers(
      (await web.projects()).map(({ name }) => name),
      ["web", "data"],
    );
  },
  async "a token that is rejected is renewed, once, by the call that hears of it"({
    session,
    reject,
  }) {
    const web = session();
    const { id } = await web.token();
    await reject(id);
    const [one, other] = await Promise.all([web.projects(), web.projects()]);
    assert.deepEqual(one, other);
    assert.notEqual((await web.token()).id, id);
  },
  async "a token is restored from a store, until it is revoked"({ session }) {
    const store = mapStore();
    const first = session({ store });
    const { id } = await first.token();
    const second = session({ store });
    assert.isTrue(await second.restore());
    assert.equal((await second.token()).id, id);
    await first.revoke();
    assert.isFalse(await session({ store }).restore());
  },
  "a user is created, found, changed, disabled and deleted": ({ admin, session }) =>
    undoing(async (undo) => {
      const root = admin();
      const id = await scratchUser(root, undo, "s3cret");
      const { name } = await users.get(root, id);
      assert.equal((await users.find(root, name)).id, id);
      const own = session({
        auth: { name: "password", payload: () => ({ user: { id, password: "s3cret" } }) },
        scope: "unscoped",
      });
      assert.equal((await own.token()).user.name, name);
      await users.update(root, id, { enabled: false });
      await failure(own.projects(), UnauthorizedError);
      assert.isFalse((await users.get(root, id)).enabled);
    }),
};

const cases: readonly Case[] = Object.entries(flows).flatMap(([name, flow]) =>
  Object.entries(places).map(([where, place]) => ({
    name: `${name}: ${where}`,
    run: (env: Env) => flow(place(env)),
  })),
);

export default cases;
