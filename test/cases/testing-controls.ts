/** What a test makes the Keystone in memory do with tokens and users, as sessions notice it. */
import { assert } from "chai";
import {
  createSession,
  MultiFactorRequiredError,
  UnauthorizedError,
  validateToken,
} from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import type { Case } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { logins } from "../testing/told.ts";

const cases: readonly Case[] = [
  {
    name: "expireTokens() makes every token rejected, and allow_expired still reads it",
    async run() {
      const keystone = createTestKeystone({
        users: [{ name: "demo" }, { name: "boss", roles: [{ role: "admin", project: "demo" }] }],
      });
      const session = createSession(keystone.options);
      const { id } = await session.token();
      keystone.expireTokens();
      await session.projects();
      assert.notEqual((await session.token()).id, id);
      assert.lengthOf(logins(keystone), 2);
      const boss = createSession(keystone.optionsFor("boss"));
      assert.equal((await validateToken(boss, id, { allowExpired: true })).user.name, "demo");
      assert.deepInclude(await outcome(validateToken(boss, id)), { status: 404 });
    },
  },
  {
    name: "revoke() makes only that token rejected",
    async run() {
      const keystone = createTestKeystone();
      const [one, other] = [keystone, keystone].map(({ options }) => createSession(options));
      const token = await one.token();
      await other.token();
      keystone.revoke(token);
      await one.projects();
      await other.projects();
      assert.lengthOf(logins(keystone), 3);
    },
  },
  {
    name: "a user who is disabled gets nowhere, until they are enabled",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession(keystone.options);
      await session.token();
      keystone.disableUser("demo");
      await failure(session.projects(), UnauthorizedError);
      keystone.enableUser("demo");
      await session.authenticate();
      assert.lengthOf(await session.projects(), 1);
    },
  },
  {
    name: "a password that changed elsewhere is not tried twice",
    async run() {
      const keystone = createTestKeystone();
      const session = createSession(keystone.options);
      await session.token();
      keystone.setPassword("demo", "another");
      await failure(session.projects(), UnauthorizedError);
      await outcome(session.projects());
      assert.lengthOf(logins(keystone), 2);
      assert.lengthOf(await createSession(keystone.options).projects(), 1);
    },
  },
  {
    name: "an expired password is recognized by its message, and can be changed without a token",
    async run() {
      const keystone = createTestKeystone();
      const { id } = (await createSession(keystone.options).token()).user;
      keystone.expirePassword("demo");
      const error = await outcome(createSession(keystone.options).token());
      assert.match(String(error), /password is expired/);
      const body = { user: { original_password: "secret", password: "another" } };
      const response = await keystone.fetch(`${keystone.authUrl}/users/${id}/password`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      assert.equal(response.status, 204);
      await createSession(keystone.options).token();
    },
  },
  {
    name: "requireTotp() asks for the passcode as well",
    async run() {
      const keystone = createTestKeystone();
      const passcode = keystone.requireTotp("demo");
      assert.match(passcode, /^\d{6}$/);
      const session = createSession(keystone.options);
      const { receipt, required } = await failure(session.token(), MultiFactorRequiredError);
      assert.deepEqual(required, [["password", "totp"]]);
      const user = { name: "demo", domain: { name: "Default" } };
      const totp = (code: string) => ({
        name: "totp",
        payload: () => ({ user: { ...user, passcode: code } }),
      });
      await failure(session.authenticate(totp("wrong"), { receipt }), UnauthorizedError);
      const token = await session.authenticate(totp(passcode), { receipt });
      assert.sameMembers([...token.methods], ["password", "totp"]);
    },
  },
];

export default cases;
