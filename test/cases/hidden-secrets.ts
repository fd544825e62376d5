/** Objects that hold a secret don't show it unless asked for it. */
import { assert } from "chai";
import {
  type AuthMethod,
  applicationCredential,
  MultiFactorRequiredError,
  password,
  type Token,
  token,
  totp,
} from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

/** How the runtime's own console writes a value, hidden properties included. */
function printed(value: unknown): string {
  const host = globalThis as {
    Bun?: { inspect(value: unknown, how: object): string };
    Deno?: { inspect(value: unknown, how: object): string };
    process?: { getBuiltinModule?(name: string): { inspect(value: unknown, how: object): string } };
  };
  const how = { depth: 9, showHidden: true };
  const inspect =
    host.Bun?.inspect ??
    host.Deno?.inspect ??
    host.process?.getBuiltinModule?.("node:util").inspect;
  return inspect?.(value, how) ?? String(value);
}

/**
 * All own properties, including hidden ones and symbols, to any depth; without getters of the
 * prototype.
 */
function owned(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== "object" || value === null || seen.has(value)) return String(value);
  seen.add(value);
  const properties = Reflect.ownKeys(value).map((key) => [key, Reflect.get(value, key)] as const);
  return properties.map(([key, one]) => `${String(key)}=${owned(one, seen)}`).join("\n");
}

/** A copy by spread and assignment, as made by state libraries. */
const copied = (value: object) => owned({ ...value }) + owned(Object.assign({}, value));

function assertHidden(value: object, secret: string): void {
  const keys = Object.getOwnPropertyNames(value);
  for (const [how, text] of Object.entries({
    console: printed(value),
    wrapped: printed({ list: [value] }),
    JSON: JSON.stringify(value),
    "JSON of all names": JSON.stringify(value, keys),
    string: String(value),
    owned: owned(value),
    copied: copied(value),
    names: keys.join(),
  })) {
    assert.notInclude(text, secret, how);
  }
}

const secret = "s3cret-w0rd-hidden";
const user = { id: "0a7427" };
const methods: Record<string, () => AuthMethod> = {
  password: () => password({ ...user, password: secret }),
  applicationCredential: () => applicationCredential({ id: "ac", secret }),
  token: () => token(secret),
  totp: () => totp({ ...user, passcode: secret }),
};

const cases: readonly Case[] = [
  {
    name: "a token, its state and its session show no id, in any runtime's console",
    async run(env) {
      const session = sessionAt(faulty(env, "ok"));
      const own: Token = await session.token();
      const { state } = session;
      for (const value of [own, state, session]) assertHidden(value, own.id);
      session.rescope("unscoped");
      assertHidden(session, own.id);
      // And whoever asks for it gets it.
      assert.isNotEmpty(own.id);
      assert.notInclude(Object.keys(own), "id");
      assert.isFalse(Object.hasOwn(own, "id"));
    },
  },
  {
    name: "a receipt is in no printed form of an error",
    async run(env) {
      const error = await failure(sessionAt(faulty(env, "mfa")).token(), MultiFactorRequiredError);
      assert.match(error.receipt, /^gAAAAAB-receipt-/);
      assertHidden(error, error.receipt);
      assert.isFalse(Object.hasOwn(error, "receipt"));
    },
  },
  ...Object.entries(methods).map(([name, make]) => ({
    name: `${name}() shows no secret`,
    run: () => assertHidden(make(), secret),
  })),
  {
    name: "a token that was made observable, by a proxy of its properties, still hides its id",
    async run(env) {
      const own = await sessionAt(faulty(env, "ok")).token();
      // As MobX and Vue do: every own property becomes an enumerable one of another object.
      const made: Record<PropertyKey, unknown> = {};
      for (const key of Reflect.ownKeys(own)) made[key] = Reflect.get(own, key);
      assert.notInclude(JSON.stringify(made), own.id);
      assert.notInclude(printed(made), own.id);
    },
  },
];

export default cases;
