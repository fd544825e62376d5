/** A session belongs to one user, from its first token until it is revoked. */
import { assert } from "chai";
import {
  checkToken,
  createSession,
  type Session,
  type SessionOptions,
  UnauthorizedError,
} from "keystone-fetch";
import { memoryStore } from "keystone-fetch/stores";
import type { Case, Env } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import {
  adminOf,
  demoOn,
  mapStore,
  passwordOf,
  project,
  sleep,
  web,
} from "../fixtures/sessions.ts";

/** A session without kept credentials, as behind a login form. */
const formOf = (env: Env, options: Partial<SessionOptions> = {}): Session =>
  createSession({ authUrl: `${env.keystone}/v3`, ...options });

const nameOf = ({ state }: Session) => ("token" in state ? state.token.user.name : state.status);

const cases: readonly Case[] = [
  {
    name: "a session without credentials gets a token from a shared store only by restore()",
    async run(env) {
      const store = memoryStore();
      const { id } = await formOf(env, { store }).authenticate(passwordOf(env, "dora"));
      const visitor = formOf(env, { store });
      for (const ask of [
        () => visitor.token(),
        () => visitor.projects(),
        () => visitor.fetch(`${env.keystone}/v3/auth/projects`),
        () => visitor.service("compute"),
        () => visitor.rescope(project("web")).token(),
      ]) {
        await failure(ask, UnauthorizedError);
        assert.deepEqual(visitor.state, { status: "unauthenticated" });
      }
      assert.isTrue(await visitor.restore());
      assert.equal((await visitor.token()).id, id);
    },
  },
  {
    name: "a login of somebody else in another tab signs this one out, and never changes its user",
    async run(env) {
      const store = memoryStore();
      const demo = formOf(env, { store });
      const seen: string[] = [];
      const stop = demo.subscribe(() => seen.push(nameOf(demo)));
      await demo.authenticate(passwordOf(env, "demo"));
      await formOf(env, { store }).authenticate(passwordOf(env, "dora"));
      for (let turn = 0; turn < 100 && seen.length < 2; turn++) await sleep(20);
      stop();
      assert.deepEqual(seen, ["demo", "unauthenticated"]);
      await failure(demo.token(), UnauthorizedError);
    },
  },
  {
    name: "a user whose token has expired does not come back as one who has logged in since",
    async run(env) {
      const store = memoryStore();
      const demo = formOf(env, { store, scope: project("web") });
      await demo.authenticate(passwordOf(env, "demo"));
      const other = formOf(env, { store, scope: project("web") });
      const { id } = await other.authenticate(passwordOf(env, "dora"));
      await checkToken(adminOf(env), id);
      const token = await demo.token();
      await demo.fetch(`${env.keystone}/v3/auth/tokens`, {
        method: "DELETE",
        headers: { "X-Subject-Token": token.id },
      });
      await failure(demo.projects(), UnauthorizedError);
      assert.equal(nameOf(demo), "demo");
      assert.isFalse(await demo.restore());
    },
  },
  {
    name: "authenticate(other) beside kept credentials: no store has the other's token under their key",
    async run(env) {
      const store = mapStore();
      const session = web(env, store);
      await session.token();
      const dora = await session.authenticate(passwordOf(env, "dora"));
      const child = session.rescope(project("web"));
      assert.equal((await child.token()).user.name, "dora");
      for (const value of store.map.values()) {
        assert.notInclude(value, dora.user.id);
        assert.notInclude(value, dora.id);
      }
      // Whoever shares the store keeps their user.
      assert.equal((await web(env, store).token()).user.name, "demo");
    },
  },
  {
    name: "authenticate(other) signs out what was rescoped for the user before, to any depth",
    async run(env) {
      const session = demoOn(env);
      const child = session.rescope(project("data"));
      const grandchild = child.rescope("unscoped");
      const idle = session.rescope("unscoped");
      await Promise.all([child.token(), grandchild.token()]);
      await session.authenticate(passwordOf(env, "dora"));
      for (const one of [child, grandchild, idle]) {
        assert.deepEqual(one.state, { status: "unauthenticated" });
      }
      // The same user again changes nothing.
      const other = demoOn(env);
      const kept = other.rescope(project("data"));
      const { id } = await kept.token();
      await other.authenticate();
      assert.equal((await kept.token()).id, id);
    },
  },
  {
    name: "a request that one user began is not sent again as another",
    async run(env) {
      const sent: (string | null)[] = [];
      const slow = formOf(env, {
        scope: project("web"),
        fetch: async (input, init) => {
          const response = await fetch(input, init);
          if (!String(input).endsWith("/auth/projects")) return response;
          sent.push(new Headers(init?.headers).get("X-Auth-Token"));
          // Another user signs in while the answer is on its way.
          await slow.authenticate(passwordOf(env, "dora"));
          return new Response("{}", { status: 401 });
        },
      });
      const demo = await slow.authenticate(passwordOf(env, "demo"));
      await failure(slow.projects(), UnauthorizedError);
      assert.deepEqual(sent, [demo.id]);
      assert.equal(nameOf(slow), "dora");
    },
  },
  {
    name: "authenticate(other) while a rescoped session logs in: it does not end as the user before",
    async run(env) {
      const session = formOf(env, { scope: project("web") });
      await session.authenticate(passwordOf(env, "demo"));
      const child = session.rescope("unscoped");
      await session.token();
      const before = child.token().catch(() => undefined);
      await session.authenticate(passwordOf(env, "dora"));
      await before;
      const token = await child.token().catch(() => undefined);
      assert.equal(token?.user.name ?? "dora", "dora");
    },
  },
];

export default cases;
