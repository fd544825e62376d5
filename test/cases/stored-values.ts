/** Stored values that are not this session's token: left alone, or removed. */
import { assert } from "chai";
import { password, type Session, type TokenStore } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import {
  during,
  mapStore,
  passwordOf,
  project,
  shortLived,
  sleep,
  web,
} from "../fixtures/sessions.ts";

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

/** Changes that make a stored value invalid. */
const damages: Record<string, (value: string) => string> = {
  empty: () => "",
  "no JSON": () => "token",
  half: (value) => value.slice(0, value.length / 2),
  null: () => "null",
  "something else": () => '{"hello":1}',
  "an array": () => "[1,2,3,4]",
  "without a user": (value) => value.replaceAll('"user"', '"users"'),
  "without its times": (value) => value.replace(/"expires_at":"[^"]*"/, '"expires_at":"soon"'),
  "of another version": (value) => value.replace('"version":2', '"version":1'),
  "under another key": (value) => value.replace("project", "projekt"),
};

const cases: readonly Case[] = [
  ...Object.entries(others).map(([what, other]) => ({
    name: `a token is not taken up for ${what}`,
    lane: "alone" as const,
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
    name: "a stored token of another scope than the key says is left alone",
    async run(env) {
      const store = mapStore();
      const { id } = await web(env, store).token();
      const other = mapStore();
      await web(env, other, { scope: project("data") }).token();
      const [[key = "", value = ""] = []] = store.map;
      const [[otherKey = "", otherValue = ""] = []] = other.map;
      const said = JSON.stringify(otherKey).slice(1, -1);
      assert.include(otherValue, said);
      store.map.set(key, otherValue.replace(said, JSON.stringify(key).slice(1, -1)));
      const session = web(env, store);
      assert.isFalse(await session.restore());
      const token = await session.token();
      assert.equal(token.scope.project?.name, "web");
      assert.notEqual(token.id, id);
      assert.notEqual(store.map.get(key), value);
    },
  },
  {
    name: "an expired token is not used",
    async run(env) {
      const store = mapStore();
      await web(env, store, { fetch: shortLived(1) }).token();
      await sleep(1100);
      const session = web(env, store);
      assert.isFalse(await session.restore());
      assert.equal(store.map.size, 0);
    },
  },
];

export default cases;
