/** Several factors: receipts in two steps, and passcodes that are never sent twice. */
import { assert } from "chai";
import {
  KeystoneError,
  MultiFactorRequiredError,
  password,
  totp,
  UnauthorizedError,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { assertHides, failure, outcome, secret } from "../fixtures/failures.ts";
import { sessionAt, somebody } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const user = { name: "demo", domain: { id: "default" } };

/** The passcodes that reached a server, in order. */
async function passcodes(server: Faulty): Promise<string[]> {
  const log = await server.log();
  return log.flatMap(({ body }) => /"passcode":"(\w+)"/.exec(body)?.[1] ?? []);
}

const cases: readonly Case[] = [
  {
    name: "a receipt, and then the missing factor with it: two steps",
    async run(env) {
      const server = faulty(env, "mfa");
      const session = sessionAt(server, { auth: undefined });
      const error = await failure(session.authenticate(somebody), MultiFactorRequiredError);
      assert.deepEqual(error.required, [["password", "totp"]]);
      assert.match(error.message, /password and totp/);
      const second = totp({ ...user, passcode: "123456" });
      const token = await session.authenticate(second, { receipt: error.receipt });
      assert.equal(token.user.name, "demo");
      const [, last] = await server.log();
      assert.notInclude(last?.body ?? "", secret);
      assert.include(last?.headers ?? [], "openstack-auth-receipt");
    },
  },
  {
    name: "both factors at once, with a passcode function: no two logins have the same",
    async run(env) {
      const server = faulty(env, "mfa");
      let asked = 0;
      const passcode = async () => {
        asked++;
        return "123456";
      };
      const session = sessionAt(server, { auth: [somebody, totp({ ...user, passcode })] });
      await session.token();
      assert.equal(asked, 1);
      // The function returns the same passcode again, as within the same half minute.
      const error = await failure(session.authenticate(), UnauthorizedError);
      assertHides(error, "123456");
      assert.deepEqual(await passcodes(server), ["123456"]);
    },
  },
  {
    name: "a passcode whose answer is lost is not sent again, though others are",
    async run(env) {
      // Deno itself resends a request after a reset.
      const reset = env.runtime === "deno" ? [] : ["reset"];
      for (const fault of [...reset, "reset-body", "503", "slow-headers", "502", "429-zero"]) {
        const server = faulty(env, fault);
        const one = totp({ ...user, passcode: "654321" });
        const options = { auth: [somebody, one], retry: 2, timeout: 1500 };
        assert.instanceOf(await outcome(sessionAt(server, options).token()), KeystoneError);
        assert.deepEqual(await passcodes(server), ["654321"], fault);
      }
      const server = faulty(env, "reset-once");
      const session = sessionAt(server, {
        auth: [password({ id: "a", password: secret })],
        retry: 2,
      });
      await session.token();
      assert.lengthOf(await server.log(), 2);
    },
  },
];

export default cases;
