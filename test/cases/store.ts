/** Tokens that outlive a session: restored only for the same server, identity and scope. */
import { assert } from "chai";
import { createSession, revokeToken, type TokenStore, token } from "keystone-fetch";
import type { Case } from "../case.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  mapStore,
  passwordOf,
  project,
  sessionAt,
  watched,
  web,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** The same with promises, and null for what is not there, as in a Worker. */
function slowStore({ map }: { map: Map<string, string> }): TokenStore {
  return {
    get: async (key) => map.get(key) ?? null,
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
  };
}

const cases: readonly Case[] = [
  {
    name: "another session takes a token up, at no request",
    lane: "alone",
    async run(env) {
      const store = mapStore();
      const first = await web(env, store).token();
      for (const other of [store, slowStore(store)]) {
        const sent = await during(env, async () => {
          const session = web(env, other);
          assert.isTrue(await session.restore());
          const { state } = session;
          assert.deepInclude(state, { status: "scoped", token: first });
          assert.equal((await session.token()).id, first.id);
          assert.equal((await web(env, other).token()).id, first.id);
        });
        assert.isEmpty(sent);
      }
      const [[key = "", value = ""] = []] = store.map;
      assert.equal(store.map.size, 1);
      for (const text of [key, value]) assert.notInclude(text, env.accounts.demo.password);
      assert.notInclude(key, first.id);
    },
  },
  {
    name: "a token that a server rejected is not taken up again, but one that another renewed is",
    lane: "alone",
    async run(env) {
      const store = mapStore();
      const [one, two] = [web(env, store), web(env, store)];
      const { id } = await one.token();
      assert.equal((await two.token()).id, id);
      await revokeToken(adminOf(env), id);
      const sent = await during(env, async () => {
        assert.lengthOf(await one.projects(), 2);
        assert.lengthOf(await two.projects(), 2);
      });
      assert.lengthOf(
        sent.filter((line) => line === login),
        1,
      );
      assert.equal((await two.token()).id, (await one.token()).id);
    },
  },
  {
    name: "revoke() empties it",
    lane: "alone",
    async run(env) {
      const store = mapStore();
      await web(env, store).token();
      // Even in a session that has not read it yet.
      const sent = await during(env, () => web(env, slowStore(store)).revoke());
      assert.deepEqual(sent, ["DELETE keystone /v3/auth/tokens?cascade=false"]);
      assert.equal(store.map.size, 0);
    },
  },
  {
    name: "what is used once, or known only by a secret, is not stored",
    async run(env) {
      const store = mapStore();
      const { id } = await demoOn(env).token();
      await web(env, store, { auth: token(id) }).token();
      await web(env, store).authenticate(passwordOf(env, "dora"));
      assert.equal(store.map.size, 0);
    },
  },
  {
    name: "without credentials, a rescoped session's key names nobody, and nothing is stored",
    async run(env) {
      const store = mapStore();
      const authUrl = `${env.keystone}/v3`;
      const session = createSession({ authUrl, store });
      await session.authenticate(passwordOf(env, "demo"));
      const child = session.rescope(project("web"));
      await child.token();
      assert.equal(store.map.size, 1);
      assert.isFalse(await createSession({ authUrl, store, scope: project("web") }).restore());
    },
  },
  {
    name: "a dashboard's session, which keeps no password, finds its token after a reload",
    async run(env) {
      const store = mapStore();
      const session = () => createSession({ authUrl: `${env.keystone}/v3`, store });
      const { id } = await session().authenticate(passwordOf(env, "dora"));
      const reloaded = session();
      assert.isTrue(await reloaded.restore());
      assert.equal((await reloaded.token()).id, id);
      await reloaded.revoke();
      assert.isFalse(await session().restore());
    },
  },
  {
    name: "a store that fails to watch, or to stop, is as good as one that does not",
    async run(env) {
      const fail = () => {
        throw new Error("no watch");
      };
      let watching = 0;
      /** Returns what `Set.delete` would. */
      const counted = () => {
        watching++;
        return () => watching-- > 0;
      };
      for (const watch of [fail, () => fail, () => 1, () => null, counted]) {
        const store = { ...mapStore(), watch: watch as () => () => void };
        const session = sessionAt(faulty(env, "ok"), { store });
        for (const times of [1, 2]) {
          const { seen, stop } = watched(session);
          await session.authenticate();
          if (watch === counted) assert.equal(watching, 1, `${times}`);
          stop();
          assert.equal(watching, 0);
          assert.lengthOf(seen, 1);
        }
      }
    },
  },
  {
    name: "a store that fails counts as none",
    async run(env) {
      const fail = () => {
        throw new Error("full");
      };
      const reject = async () => fail();
      for (const one of [fail, reject]) {
        const session = sessionAt(faulty(env, "ok"), {
          store: { get: one, set: one, delete: one, lock: one, watch: fail },
        });
        const { seen, stop } = watched(session);
        assert.isFalse(await session.restore());
        assert.equal((await session.token()).user.name, "demo");
        await session.revoke();
        assert.deepEqual(seen, ["scoped", "unauthenticated"]);
        stop();
      }
    },
  },
];

export default cases;
