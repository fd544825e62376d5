/** Every public function, called with what programs without types may pass in any place. */
import { assert } from "chai";
import * as core from "keystone-fetch";
import * as config from "keystone-fetch/config";
import * as federation from "keystone-fetch/federation";
import * as guard from "keystone-fetch/guard";
import * as identity from "keystone-fetch/identity";
import * as log from "keystone-fetch/log";
import * as stores from "keystone-fetch/stores";
import * as testing from "keystone-fetch/testing";
import * as v2 from "keystone-fetch/v2";
import type { Case, Env } from "../case.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

type Callable = (...args: unknown[]) => unknown;

const entries = { core, config, federation, guard, identity, log, stores, testing, v2 };

const wrong: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  "a number": 7,
  "an empty object": {},
  "an empty list": [],
};

/** They pass on what they are given, as fetch does, or throw it. */
const exempt = /[.](fetch|challenge)$/;

/** The functions of an object, and of the objects in it. */
function functionsOf(owner: object, path: string): [string, Callable][] {
  return Object.entries(owner).flatMap(([key, value]): [string, Callable][] => {
    const name = `${path}.${key}`;
    if (exempt.test(name)) return [];
    if (typeof value === "function") {
      // An error or a Durable Object is made by others.
      return /^class\b/.test(String(value)) ? [] : [[name, value as Callable]];
    }
    return typeof value === "object" && value !== null ? functionsOf(value, name) : [];
  });
}

/** What these are called with: nothing, or one wrong thing after any number of good ones. */
function listsOf(good: readonly unknown[]): [string, unknown[]][] {
  const lists: [string, unknown[]][] = [["nothing", []]];
  for (const [label, value] of Object.entries(wrong)) {
    for (let place = 0; place <= good.length; place++) {
      lists.push([`${label} at ${place}`, [...good.slice(0, place), value]]);
    }
    lists.push([`${label} everywhere`, [value, value, value, value]]);
  }
  return lists;
}

/** Checks that each call works, or fails with an error of this package. */
async function assertTold(functions: readonly [string, Callable][], good: readonly unknown[]) {
  for (const [name, work] of functions) {
    for (const [label, args] of listsOf(good)) {
      try {
        await work(...args);
      } catch (error) {
        assert.isTrue(core.isKeystoneError(error), `${name}, ${label}: ${error}`);
      }
    }
  }
}

const sessionOf = (env: Env) => sessionAt(faulty(env, "ok"), { retry: 0 });

const storage = { getItem: () => null, setItem() {}, removeItem() {} };

const cases: readonly Case[] = [
  ...Object.entries(entries).map(([entry, owner]) => ({
    name: `${entry}: every function names the wrong argument that it is called with`,
    async run(env: Env) {
      const functions = functionsOf(owner, entry);
      assert.isNotEmpty(functions);
      await assertTold(functions, entry === "identity" ? [sessionOf(env), "a", "b"] : []);
    },
  })),
  {
    name: "what is made names the wrong argument that it is called with",
    async run(env) {
      const session = sessionOf(env);
      const made = {
        session,
        guard: guard.createGuard({ session }),
        testKeystone: testing.createTestKeystone(),
        note: federation.webSsoNote(storage),
      };
      const functions = Object.entries(made).flatMap(([name, owner]) => functionsOf(owner, name));
      await assertTold(functions, []);
    },
  },
  {
    name: "the second argument is named, too, where the first is good",
    async run(env) {
      const session = sessionOf(env);
      const url = faulty(env, "ok").url;
      const { validateToken, checkToken, revokeToken, discover, diagnose } = core;
      const { findEndpoint, findEndpoints } = core;
      const subjects = { validateToken, checkToken, revokeToken };
      await assertTold(functionsOf(subjects, "core"), [session, "x"]);
      await assertTold(functionsOf({ discover, diagnose }, "core"), [url]);
      await assertTold(functionsOf({ findEndpoint, findEndpoints }, "core"), [[]]);
      const caches = { open: async () => ({}) as never };
      await assertTold(functionsOf({ cacheStore: stores.cacheStore }, "stores"), [caches]);
      await assertTold(functionsOf({ toCurl: log.toCurl }, "log"), [url]);
    },
  },
];

export default cases;
