/** Lists are true: all records once, in order, and whether some were withheld. */
import { assert } from "chai";
import { ForbiddenError, KeystoneError, OptionsError, ResponseError } from "keystone-fetch";
import { groups, users } from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { adminOf, demoOn, sessionAt } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

type Query = Parameters<typeof users.list>[1];

/** The queries that the server got, in order. */
const queries = async (server: Faulty) =>
  (await server.log())
    .filter(({ path }) => path.startsWith("/v3/users"))
    .map(({ path }) => path.replace("/v3/users", ""));

const numbers = (list: readonly { id: string }[]) => list.map(({ id }) => Number(id));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The id of the fault server's record with this number. */
const id = (number: number) => String(number).padStart(32, "0");

/** By server: who is listed, in how many requests, and whether some were withheld. */
const lists: Record<string, [users: number, requests: number, truncated: boolean]> = {
  pages: [1250, 3, false],
  "pages-full": [1000, 3, false],
  "pages-limited": [1250, 4, false],
  "pages-astray": [1250, 3, false],
  "pages-old": [1250, 1, false],
  "pages-old-cut": [100, 1, true],
  "pages-loop": [1250, 3, false],
  "pages-400": [1000, 2, true],
  "pages-400-few": [7, 2, false],
  "pages-gone": [1250, 5, false],
  "pages-lost": [1000, 5, true],
};

/** What is found with a filter that the server applies after cutting the page. */
const special = [599, 1199];

const filters: Record<string, Query> = {
  contains: { name__contains: "Special" },
  startswith: { name__startswith: "Special" },
  "contains in another case": { name__icontains: "sPECIAL" },
};

const cases: readonly Case[] = [
  ...Object.entries(lists).map(([fault, [count, requests, truncated]]) => ({
    name: `${fault}: ${count} users in ${requests} requests${truncated ? ", and says that there are more" : ""}`,
    async run(env: Env) {
      const server = faulty(env, fault);
      const session = sessionAt(server);
      const list = await users.list(session);
      // The records that pages-gone deletes are already on the page.
      assert.deepEqual(numbers(list), upTo(count));
      assert.equal(list.truncated, truncated);
      assert.lengthOf(await queries(server), requests);
      assert.isEmpty(await server.foreignLog());

      const walked: { id: string }[] = [];
      const walk = users.list(session);
      for await (const user of walk) walked.push(user);
      assert.deepEqual(walked, [...list]);
      assert.equal(walk.truncated, truncated);
    },
  })),
  {
    name: "each page is asked for by the last id of the one before",
    async run(env) {
      const server = faulty(env, "pages-astray");
      await users.list(sessionAt(server), { enabled: true, limit: 300 });
      assert.deepEqual(await queries(server), [
        "?limit=300&enabled=true",
        `?limit=300&enabled=true&marker=${id(598)}`,
        `?limit=300&enabled=true&marker=${id(1198)}`,
      ]);
    },
  },
  {
    name: "nothing is requested before the list is awaited, and only once for all who await it",
    async run(env) {
      const server = faulty(env, "pages");
      const session = sessionAt(server);
      const list = users.list(session);
      assert.isEmpty(await server.log());
      const [first, second] = await Promise.all([list, list]);
      assert.strictEqual(first, second);
      assert.lengthOf(await queries(server), 3);
      const walk = list[Symbol.asyncIterator]();
      assert.equal((await walk.next()).value?.id, id(0));
      assert.lengthOf(await queries(server), 4, "a walk asks anew");
    },
  },
  {
    name: "breaking off requests no further page, even of an endless list",
    async run(env) {
      const server = faulty(env, "pages-endless");
      let count = 0;
      for await (const _ of users.list(sessionAt(server), { limit: 10 })) {
        if (++count === 25) break;
      }
      assert.lengthOf(await queries(server), 3);
    },
  },
  {
    name: "an abort ends a walk at once, with the caller's own reason",
    async run(env) {
      const reason = new Error("enough");
      // In the middle of a page, at its end, and with a single page.
      for (const [fault, last] of [
        ["pages-endless", 600],
        ["pages-endless", 500],
        ["pages-old", 1],
      ] as const) {
        const server = faulty(env, fault);
        const stop = new AbortController();
        let count = 0;
        const walk = async () => {
          for await (const _ of users.list(sessionAt(server), {}, { signal: stop.signal })) {
            if (++count === last) stop.abort(reason);
          }
        };
        assert.strictEqual(await outcome(walk()), reason);
        assert.equal(count, last);
        assert.lengthOf(await queries(server), Math.ceil(last / 500));
      }
    },
  },
  ...Object.entries(filters).map(([name, query]) => ({
    name: `what a server filters after it cut the page is found on the pages behind: ${name}`,
    async run(env: Env) {
      const list = await users.list(sessionAt(faulty(env, "pages-filtered")), query);
      assert.deepEqual(numbers(list), special);
      assert.isFalse(list.truncated);
    },
  })),
  {
    name: "a server that filters before it cuts is asked once",
    async run(env) {
      for (const fault of ["pages", "pages-old"]) {
        const server = faulty(env, fault);
        const list = await users.list(sessionAt(server), { name__contains: "Special" });
        assert.deepEqual(numbers(list), special);
        assert.deepEqual(await queries(server), ["?limit=500&name__contains=Special"]);
      }
    },
  },
  {
    name: "filters that are empty, or not set, are not sent",
    async run(env) {
      const server = faulty(env, "pages-old");
      const query = { name: "", domain_id: undefined, enabled: false, idp_id: null };
      await users.list(sessionAt(server), query as object);
      assert.deepEqual(await queries(server), ["?limit=500&enabled=false"]);
    },
  },
  {
    name: "a filter that no query can express is refused at the call, by its name",
    async run(env) {
      const server = faulty(env, "pages-old");
      const session = sessionAt(server);
      const wrong: [object | null, string][] = [
        [{ name: { contains: "a" } }, "query.name"],
        [{ password_expires_at: new Date("never") }, "query.password_expires_at"],
        [{ unique_id: Number.NaN }, "query.unique_id"],
        [{ idp_id: ["a", 1] }, "query.idp_id"],
        [{ limit: 0 }, "query.limit"],
        [{ limit: -1 }, "query.limit"],
        [{ limit: 2.5 }, "query.limit"],
        [{ limit: "all" }, "query.limit"],
        [["name"], "query"],
        [null, "query"],
      ];
      for (const [query, option] of wrong) {
        const { message } = await failure(() => users.list(session, query as Query), OptionsError);
        assert.match(message, new RegExp(`^${option}: expected `));
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    // Keystone reads an absent "enabled" as true.
    name: "users and groups without a name, or without what LDAP does not say, are listed, too",
    async run(env) {
      const id = "0123456789abcdef0123456789abcdef";
      const records = [
        { id, name: null, domain_id: "default", enabled: false },
        { id: `${id}${id}`, domain_id: "default" },
      ];
      const server = faulty(env, "ok");
      const session = sessionAt(server, {
        fetch: async (input, init) => {
          const [last = ""] = /(users|groups)(?=[?]|$)/.exec(String(input)) ?? [];
          return last ? Response.json({ [last]: records }) : fetch(input, init);
        },
      });
      assert.deepEqual(
        [...(await users.list(session))].map(({ name, enabled }) => [name, enabled]),
        [
          ["", false],
          ["", true],
        ],
      );
      assert.deepEqual(
        (await groups.list(session)).map(({ name }) => name),
        ["", ""],
      );
    },
  },
  {
    name: "a failure in the middle of a list is a failure of the list",
    async run(env) {
      for (const fault of ["html@users", "json-null@users", "half@users"]) {
        const error = await failure(users.list(sessionAt(faulty(env, fault))), ResponseError);
        assert.notInclude(error.message, "demo");
        assert.notInclude(error.message, "undefined");
      }
      const { status } = await failure(
        users.list(sessionAt(faulty(env, "500@users"))),
        KeystoneError,
      );
      assert.equal(status, 500);
      const refused = users.list(demoOn(env));
      await failure(refused, ForbiddenError);
      assert.instanceOf(await refused.catch((error) => error), ForbiddenError);
    },
  },
  {
    name: "a real Keystone's list is complete, and the same page by page",
    async run(env) {
      const admin = adminOf(env);
      const names = ["admin", "demo", "disabled", "dora", "loner", "placement"];
      const list = await users.list(admin, { domain_id: "default" });
      const found = list.map(({ name }) => name);
      assert.includeMembers(found, names);
      assert.isFalse(list.truncated);
      const small: string[] = [];
      for await (const { name } of users.list(admin, { domain_id: "default", limit: 2 })) {
        small.push(name);
      }
      assert.includeMembers(small, names);
    },
  },
];

export default cases;
