/** Whatever a caller passes without a compiler is correct, or an OptionsError before any request. */
import { assert } from "chai";
import fc from "fast-check";
import { applicationCredential } from "../../src/auth/application-credential.ts";
import { authRequest } from "../../src/auth/auth-request.ts";
import { password } from "../../src/auth/password.ts";
import { token } from "../../src/auth/token.ts";
import { OptionsError } from "../../src/errors.ts";
import { readScope, type Scope, scopeRequest } from "../../src/scope.ts";
import { createSession } from "../../src/session/session.ts";
import { storeKey } from "../../src/session/stored-token.ts";
import type { Case } from "../case.ts";
import { anything, holds, json, mutated } from "../model/fuzz.ts";

const domain = { id: "default" };
const scopes = [
  { project: { id: "f00" } },
  { project: { name: "web", domain } },
  { project: { name: "web", domain: { name: "Default" } } },
  { domain },
  { domain: { name: "Default" } },
  { system: "all" },
  { trust: { id: "f00" } },
  "unscoped",
];
const users = [
  { id: "0a74", password: "s3cret" },
  { name: "demo", domain, password: "s3cret" },
];
const credentials = [
  { id: "0a74", secret: "s3cret" },
  { name: "app", user: { name: "demo", domain }, secret: "s3cret" },
];

/** What is thrown is an OptionsError that shows nothing of what was given. */
function accepted<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw new Error(`thrown: ${error}`, { cause: error });
    assert.notInclude(`${error.stack}${JSON.stringify(error)}`, "s3cret");
    return undefined;
  }
}

/** Every text in it is one, so that Keystone is never sent an empty or a nested one. */
function wellMade(request: unknown): void {
  JSON.parse(JSON.stringify(request), (key, value) => {
    if (/^(id|name|password|secret)$/.test(key) && typeof value !== "object") {
      assert.isString(value, key);
      assert.isNotEmpty(value, key);
    }
    return value;
  });
}

const textOf = (value: unknown) => JSON.stringify(value) ?? "";

const given = (documents: readonly unknown[]) => fc.oneof(mutated(documents), json, anything);

const cases: readonly Case[] = [
  {
    name: "a scope",
    run: () =>
      holds(given(scopes), (scope) => {
        const request = accepted(() => scopeRequest(readScope(scope)));
        if (request) wellMade(request);
      }),
  },
  {
    name: "a password",
    run: () =>
      holds(given(users), async (user) => {
        const method = accepted(() => password(user as Parameters<typeof password>[0]));
        if (method) wellMade(await authRequest([method], "unscoped"));
      }),
  },
  {
    name: "an application credential",
    run: () =>
      holds(given(credentials), async (credential) => {
        type Given = Parameters<typeof applicationCredential>[0];
        const method = accepted(() => applicationCredential(credential as Given));
        if (method) wellMade(await authRequest([method], undefined));
      }),
  },
  {
    name: "a token",
    run: () =>
      holds(fc.oneof(json, anything), async (id) => {
        const method = accepted(() => token(id as string));
        if (method) wellMade(await authRequest([method], undefined));
      }),
  },
  {
    name: "a session's options",
    run: () => {
      const options = {
        ...{ authUrl: "https://a.example/v3", scope: { project: { id: "f00" } }, expiryMargin: 9 },
        ...{
          region: "one",
          interface: "public",
          endpointOverrides: { compute: "https://b.example" },
        },
        ...{ trustedOrigins: ["https://c.example"], timeout: 1, retry: 2 },
      };
      // JavaScript itself can't turn into a URL what has no text.
      const texts = mutated([options]).filter((one) => !/"(toString|valueOf)":/.test(textOf(one)));
      return holds(texts, (one) => {
        accepted(() => createSession(one as Parameters<typeof createSession>[0]));
      });
    },
  },
  {
    name: "two scopes have one key in a store only if they ask for the same",
    run: () =>
      holds(fc.tuple(given(scopes), given(scopes)), ([one, two]) => {
        const of = (scope: unknown) => {
          const read = accepted(() => readScope(scope as Scope));
          const request = read && scopeRequest(read);
          const key = read && storeKey("https://a.example", [], read);
          return request ? [key, JSON.stringify(request)] : [];
        };
        const [[key, asked], [other, otherAsked]] = [of(one), of(two)];
        if (key && other) assert.equal(key === other, asked === otherAsked);
      }),
  },
];

export default cases;
