/** gophercloud's table of what happens at a 401 and who may log in again, answered by this SDK. */
import { assert } from "chai";
import {
  createSession,
  OptionsError,
  password,
  type Scope,
  type SessionOptions,
  totp,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { changing, passwordOf, sessionAt } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ path }) => path.endsWith("/auth/tokens")).length;

/** A call of a service that refuses the first token for good. */
async function call(env: Env, options: Partial<SessionOptions> = {}) {
  const server = faulty(env, "ok");
  const session = sessionAt(server, options);
  const service = await session.service("service-401-once");
  return { server, session, service };
}

/** Its AuthOptions, and their equivalent here: a session, or the option that is refused. */
const options: readonly (readonly [what: string, Partial<SessionOptions>, refused?: string])[] = [
  ["a user by id", { auth: password({ id: "u1", password: "x" }) }],
  [
    "a user by name, in a project by name",
    { scope: { project: { name: "demo", domain: { id: "default" } } } },
  ],
  ["a project by id", { scope: { project: { id: "p1" } } }],
  ["a domain by name", { scope: { domain: { name: "Default" } } }],
  ["the system", { scope: { system: "all" } }],
  ["a trust", { scope: { trust: { id: "t1" } } }],
  [
    "a project by name without its domain",
    { scope: { project: { name: "web" } } as unknown as Scope },
    "scope.project.domain",
  ],
  ["the system in part", { scope: { system: "some" } as unknown as Scope }, "scope"],
  ["no scope that there is", { scope: {} as Scope }, "scope"],
];

const cases: readonly Case[] = [
  {
    name: "a 401 is one login and one more try, with the whole body, and with no callers' help",
    async run(env) {
      const { server, service } = await call(env);
      const body = { name: "web", data: "x".repeat(10_000) };
      const reply = await service.post("things", { json: body }).json<{ body: string }>();
      assert.deepEqual(JSON.parse(reply.body), body);
      assert.equal(await logins(server), 2);
    },
  },
  {
    name: "a hundred callers with a 401 share one login",
    async run(env) {
      const { server, service } = await call(env);
      const all = Array.from({ length: 100 }, () => service.get("things").json());
      assert.lengthOf(await Promise.all(all), 100);
      assert.equal(await logins(server), 2);
    },
  },
  {
    name: "the first caller aborts: the others get their login all the same",
    async run(env) {
      const { service } = await call(env);
      const caller = new AbortController();
      const first = service.get("things", { signal: caller.signal }).json();
      const others = Array.from({ length: 5 }, () => service.get("things").json());
      caller.abort(new Error("gone"));
      assert.match((await first.catch(String)) as string, /gone/);
      assert.lengthOf(await Promise.all(others), 5);
    },
  },
  {
    name: "the catalog is the new token's after a new login",
    async run(env) {
      let count = 0;
      const server = faulty(env, "ok");
      const fetch = changing((document) => {
        count++;
        const url = count === 1 ? server.at("service-401-once") : `${server.at("service-ok")}/new`;
        const endpoints = [{ id: "e", interface: "public", region: null, url }];
        document.catalog = [{ id: "s", type: "compute", name: "", endpoints }];
      });
      const session = sessionAt(server, { fetch });
      await (await session.service("compute")).get("things").json();
      assert.equal((await session.endpoint("compute")).url, `${server.at("service-ok")}/new`);
    },
  },
  {
    name: "a passcode is not sent again at a 401: the token is expired, and the caller hears of it",
    async run(env) {
      const auth = totp({ id: "u", passcode: "123456" });
      const { server, session, service } = await call(env, { auth });
      await failure(service.get("things").json(), UnauthorizedError);
      assert.equal(session.state.status, "expired");
      assert.equal(await logins(server), 1);
    },
  },
  {
    name: "a given token is read and not exchanged, and ends at a 401 without credentials",
    async run(env) {
      const server = faulty(env, "ok");
      const { id } = await sessionAt(server).token();
      const session = createSession({ authUrl: `${server.url}/v3`, token: id, retry: 0 });
      const service = await session.service("service-401-once");
      await failure(service.get("things").json(), UnauthorizedError);
      const sent = (await server.log()).map(({ method, path }) => `${method} ${path}`);
      assert.deepEqual(
        sent.filter((line) => line.endsWith("/auth/tokens")),
        ["POST /v3/auth/tokens", "GET /v3/auth/tokens"],
      );
    },
  },
  ...options.map(([what, given, refused]) => ({
    name: `AuthOptions: ${what} ${refused ? "is refused by name" : "makes a session"}`,
    run(env: Env) {
      const make = () =>
        createSession({ authUrl: env.keystone, auth: passwordOf(env, "demo"), ...given });
      if (refused === undefined) assert.equal(make().state.status, "unauthenticated");
      else assert.throws(make, OptionsError, new RegExp(`^${refused.replaceAll(".", "\\.")}`));
    },
  })),
];

export default cases;
