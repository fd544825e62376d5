/** Tokens that outlive a session: taken up again by the same server, identity and scope alone. */
import { assert } from "chai";
import {
  createSession,
  password,
  revokeToken,
  type Session,
  type TokenStore,
  token,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import {
  adminOf,
  demoOn,
  during,
  login,
  passwordOf,
  project,
  sessionAt,
  sessionOf,
  shortLived,
  sleep,
} from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** A store in a map, which answers at once. */
function mapStore(map = new Map<string, string>()): TokenStore & { map: Map<string, string> } {
  return {
    map,
    get: (key) => map.get(key),
    set: (key, value) => map.set(key, value),
    delete: (key) => map.delete(key),
  };
}

/** The same with promises, and null for what is not there, as in a Worker. */
function slowStore({ map }: { map: Map<string, string> }): TokenStore {
  return {
    get: async (key) => map.get(key) ?? null,
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
  };
}

const web = (env: Env, store: TokenStore, options = {}) =>
  sessionOf(env, "demo", { scope: project("web"), store, ...options });

/** Sessions that differ in one thing from the one whose token was stored. */
const others: Record<string, (env: Env, store: TokenStore) => Session> = {
  "another scope": (env, store) => web(env, store, { scope: project("data") }),
  "no scope": (env, store) => web(env, store, { scope: undefined }),
  "the unscoped": (env, store) => web(env, store, { scope: "unscoped" }),
  "another user": (env, store) => web(env, store, { auth: passwordOf(env, "dora") }),
  "a user of another domain": (env, store) =>
    web(env, store, { auth: passwordOf(env, "researchDemo") }),
  "a user by id": (env, store) =>
    web(env, store, { auth: password({ id: "demo", password: "x" }) }),
  "nobody in particular": (env, store) => web(env, store, { auth: undefined }),
  "another server": (env, store) => web(env, store, { authUrl: `${env.control}/ok/x/v3` }),
  "a rescoped session": (env, store) => web(env, store).rescope(project("data")),
};

/** Changes of a stored value after which it is none. */
const damages: Record<string, (value: string) => string> = {
  empty: () => "",
  "no JSON": () => "token",
  half: (value) => value.slice(0, value.length / 2),
  null: () => "null",
  "something else": () => '{"hello":1}',
  "an array": () => "[1,2,3,4]",
  "without a user": (value) => value.replaceAll('"user"', '"users"'),
  "without its times": (value) => value.replace(/"expires_at":"[^"]*"/, '"expires_at":"soon"'),
  "under another key": (value) => value.replace("project", "projekt"),
};

const cases: readonly Case[] = [
  {
    name: "another session takes a token up, at no request",
    async run(env) {
      const store = mapStore();
      const first = await web(env, store).token();
      for (const other of [store, slowStore(store)]) {
        const sent = await during(env, async () => {
          const session = web(env, other);
          assert.isTrue(await session.restore());
          const { state } = session;
          assert.deepEqual(state, { status: "scoped", token: first });
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
  ...Object.entries(others).map(([what, other]) => ({
    name: `a token is not taken up for ${what}`,
    async run(env: Env) {
      const store = mapStore();
      await web(env, store).token();
      const before = new Map(store.map);
      const session = other(env, store);
      const sent = await during(env, async () => assert.isFalse(await session.restore()));
      assert.isEmpty(sent);
      assert.deepEqual(session.state, { status: "unauthenticated" });
      assert.deepEqual(store.map, before);
    },
  })),
  ...Object.entries(damages).map(([what, damage]) => ({
    name: `a stored value that is ${what} is none, and is removed`,
    async run(env: Env) {
      const store = mapStore();
      const { id } = await web(env, store).token();
      const [[key = "", value = ""] = []] = store.map;
      store.map.set(key, damage(value));
      const session = web(env, store);
      assert.isFalse(await session.restore());
      if (damage(value)) assert.isFalse(store.map.has(key));
      assert.notEqual((await session.token()).id, id);
    },
  })),
  {
    name: "a token whose time is over is not taken up",
    async run(env) {
      const store = mapStore();
      await web(env, store, { fetch: shortLived(1) }).token();
      await sleep(1100);
      const session = web(env, store);
      assert.isFalse(await session.restore());
      assert.equal(store.map.size, 0);
    },
  },
  {
    name: "a token that a server rejected is not taken up again, but one that another renewed is",
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
    async run(env) {
      const store = mapStore();
      await web(env, store).token();
      // Also in a session that has not looked into it yet.
      const sent = await during(env, () => web(env, slowStore(store)).revoke());
      assert.deepEqual(sent, ["DELETE keystone /v3/auth/tokens"]);
      assert.equal(store.map.size, 0);
    },
  },
  {
    name: "what is used once, or known by a secret alone, is not stored",
    async run(env) {
      const store = mapStore();
      const { id } = await demoOn(env).token();
      await web(env, store, { auth: token(id) }).token();
      await web(env, store).authenticate(passwordOf(env, "dora"));
      assert.equal(store.map.size, 0);
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
    name: "a store that fails is as good as none",
    async run(env) {
      const fail = () => {
        throw new Error("full");
      };
      const reject = async () => fail();
      for (const one of [fail, reject]) {
        const session = sessionAt(faulty(env, "ok"), {
          store: { get: one, set: one, delete: one },
        });
        assert.isFalse(await session.restore());
        assert.equal((await session.token()).user.name, "demo");
        await session.revoke();
      }
    },
  },
];

export default cases;
