/** Servers that repeat a secret in unexpected places: it gets into no error. */
import { assert } from "chai";
import { isKeystoneError, password } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { assertHides, outcome } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const places = [
  "reason",
  "type",
  "request-id",
  "page",
  "title",
  "key",
  "a-list",
  "repr",
  "url-encoded",
  "methods",
];

/** Characters that change on their way through a page, an address, JSON and Python. */
const secret = "s3cret'\"&<w0rd>\\ü";

const inPlaces: readonly Case[] = places.flatMap((place) => [
  {
    name: `a password is not in the error of a server that repeats it: ${place}`,
    async run(env: Env) {
      const auth = password({ name: "demo", domain: { id: "default" }, password: secret });
      const session = sessionAt(faulty(env, `echo-by-${place}`), { auth });
      const error = await outcome(session.authenticate());
      assert.isTrue(isKeystoneError(error));
      assertHides(error, "s3cret", "w0rd");
    },
  },
  {
    name: `a token is not in the error of a server that repeats it: ${place}`,
    async run(env: Env) {
      const session = sessionAt(faulty(env, `echo-by-${place}@users`));
      const identity = await session.service("identity");
      const error = await outcome(identity.get("users").json());
      assert.isTrue(isKeystoneError(error));
      assertHides(error, "gAAAA");
    },
  },
]);

const cases: readonly Case[] = [
  ...inPlaces,
  {
    name: "a password that could be a request's id is in none, neither an error's nor the log's",
    async run(env) {
      const plain = "s3cret-w0rd";
      const auth = password({ name: "demo", domain: { id: "default" }, password: plain });
      const log: unknown[] = [];
      const session = sessionAt(faulty(env, "echo-by-request-id"), {
        auth,
        log: (entry) => log.push(entry),
      });
      assertHides(await outcome(session.authenticate()), plain);
      assert.lengthOf(log, 1);
      assert.notInclude(JSON.stringify(log), plain);
    },
  },
];

export default cases;
