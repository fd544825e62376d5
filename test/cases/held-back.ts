/**
 * Kept credentials that Keystone refused are not sent again automatically: if failed logins lock users
 * out, a page that asks every minute would do that.
 */
import { assert } from "chai";
import {
  KeystoneError,
  MultiFactorRequiredError,
  password,
  type Session,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { mapStore, project, sessionAt, somebody, watched } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const user = { name: "demo", domain: { id: "default" } };
/** The one that the fault server refuses. */
const wrong = password({ ...user, password: "wrong" });

const logins = async (server: Faulty) =>
  (await server.log()).filter(({ method, path }) => method === "POST" && path === "/v3/auth/tokens")
    .length;

/** Every way to need a token. */
const asks = (session: Session, { url }: Faulty): (() => Promise<unknown>)[] => [
  () => session.token(),
  () => session.projects(),
  () => session.service("service-ok"),
  () => session.fetch(`${url}/v3/users`),
];

const cases: readonly Case[] = [
  {
    name: "a wrong password is sent once, whoever asks and however often",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server, { auth: wrong });
      const { seen, stop } = watched(session);
      for (const ask of [...asks(session, server), ...asks(session, server)]) {
        const error = await failure(ask, UnauthorizedError);
        assert.equal(error.status, 401);
        assert.match(
          error.message,
          /no role on it\)\. These credentials are not sent again before authenticate\(\) is called$/,
        );
        assertHides(error, '"wrong"');
      }
      stop();
      assert.isEmpty(seen);
      assert.equal(await logins(server), 1);
    },
  },
  {
    name: "authenticate() sends it once more, each time that it is called",
    async run(env) {
      const server = faulty(env, "401-twice");
      const session = sessionAt(server);
      await failure(session.token(), UnauthorizedError);
      await failure(session.authenticate(), UnauthorizedError);
      await failure(session.token(), UnauthorizedError);
      assert.equal(await logins(server), 2);
      const token = await session.authenticate();
      assert.strictEqual(await session.token(), token);
    },
  },
  {
    name: "credentials given to authenticate() end that, and the kept ones get one more try",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server, { auth: wrong, scope: project("demo") });
      await failure(session.token(), UnauthorizedError);
      const token = await session.authenticate(somebody);
      assert.strictEqual(await session.token(), token);
      const refusing = `${server.at("service-401-once")}/things`;
      for (let i = 0; i < 3; i++) await failure(session.fetch(refusing), UnauthorizedError);
      assert.deepInclude(session.state, { status: "expired", token, reason: "rejected" });
      assert.equal(await logins(server), 3);
    },
  },
  {
    name: "a first factor is sent once, and its receipt stays at hand",
    async run(env) {
      const server = faulty(env, "mfa");
      const session = sessionAt(server);
      const first = await failure(session.token(), MultiFactorRequiredError);
      const { receipt } = await failure(session.token(), MultiFactorRequiredError);
      assert.equal(receipt, first.receipt);
      assertHides(first, receipt);
      assert.equal(await logins(server), 1);
    },
  },
  {
    name: "a failure that says nothing about the credentials is no reason: the next call tries again",
    async run(env) {
      for (const fault of ["403-once", "400-once", "500-once", "429-none-once", "half-once"]) {
        const server = faulty(env, fault);
        const session = sessionAt(server);
        assert.instanceOf(await outcome(session.token()), KeystoneError, fault);
        assert.equal((await session.token()).user.name, "demo", fault);
      }
    },
  },
  {
    name: "a token that another session stored is used all the same",
    async run(env) {
      const server = faulty(env, "ok");
      const store = mapStore();
      const session = sessionAt(server, { store, auth: wrong });
      await failure(session.token(), UnauthorizedError);
      const { id } = await sessionAt(server, { store }).token();
      assert.equal((await session.token()).id, id);
      assert.equal(await logins(server), 2);
    },
  },
  {
    name: "a rescoped session tries its parent's token first, as ever",
    async run(env) {
      const server = faulty(env, "ok");
      const parent = sessionAt(server, { auth: wrong, scope: "unscoped" });
      const child = parent.rescope(project("demo"));
      const errors = [
        await failure(child.token(), UnauthorizedError),
        await failure(child.token(), UnauthorizedError),
      ];
      for (const { message } of errors) {
        assert.equal(message.match(/is not available/g)?.length, 1);
      }
      assert.equal(await logins(server), 1);
      await parent.authenticate(somebody);
      assert.equal((await child.token()).user.name, "demo");
      assert.equal(await logins(server), 3);
    },
  },
];

export default cases;
