/** A second factor is sent with the calls that may need one, once, and is shown nowhere. */
import { assert } from "chai";
import { isKeystoneError, KeystoneError, OptionsError, type Session } from "keystone-fetch";
import { credentials, users } from "keystone-fetch/identity";
import type { Case, Env } from "../case.ts";
import { assertHides, failure, outcome } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const passcode = "492039";
const header = "openstack-mfa-passcode";
const change = { original_password: "old", password: "new" };
const totp = { user_id: "user", type: "totp", blob: "GEZDGNBVGY3TQOJQ" };

const calls: Record<string, (session: Session, options: object) => Promise<unknown>> = {
  "users.changePassword": (at, options) => users.changePassword(at, "user", change, options),
  "users.update": (at, options) =>
    users.update(at, "user", { options: { multi_factor_auth_enabled: true } }, options),
  "credentials.create": (at, options) => credentials.create(at, totp, options),
  "credentials.update": (at, options) => credentials.update(at, "this", { blob: "A" }, options),
  "credentials.delete": (at, options) => credentials.delete(at, "this", options),
};

const cases: readonly Case[] = [
  {
    name: "a passcode is sent as OpenStack-MFA-Passcode, and only where it is given",
    // In a page Keystone's default CORS settings refuse that header.
    only: ["node", "deno", "workerd", "bun", "edge"],
    async run(env: Env) {
      for (const [name, call] of Object.entries(calls)) {
        for (const options of [{}, { passcode }]) {
          const server = faulty(env, "ok");
          const error = await outcome(call(sessionAt(server), options));
          assert.isTrue(isKeystoneError(error));
          assertHides(error, passcode);
          const [sent] = (await server.log()).slice(-1);
          assert.equal(sent?.headers.includes(header), "passcode" in options, name);
        }
      }
    },
  },
  {
    name: "a call with a passcode is not retried: a passcode works once",
    only: ["node", "deno", "workerd", "bun", "edge"],
    async run(env) {
      const server = faulty(env, "504-once@this");
      const session = sessionAt(server, { retry: undefined });
      await failure(credentials.delete(session, "this", { passcode }), KeystoneError);
      const tries = (await server.log()).filter(({ path }) => path.endsWith("this"));
      assert.lengthOf(tries, 1);
    },
  },
  {
    name: "an invalid passcode is refused by its name, and not repeated",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionAt(server);
      for (const wrong of ["", 492_039, "492\n039", "492 039"] as never[]) {
        for (const call of Object.values(calls)) {
          const error = await failure(async () => call(session, { passcode: wrong }), OptionsError);
          assert.include(error.message, "options.passcode: expected a string");
          if (wrong !== "") assertHides(error, String(wrong));
        }
      }
      assert.isEmpty(await server.log());
    },
  },
];

export default cases;
