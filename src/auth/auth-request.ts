import { expect } from "../expect.ts";
import { isJson } from "../is-json.ts";
import { isRecord } from "../is-record.ts";
import { type Scope, scopeRequest } from "../scope.ts";
import type { AuthMethod } from "./method.ts";

/** What `auth` may be: one method, or several together. */
export type Auth = AuthMethod | readonly AuthMethod[];

/**
 * Reads what was given as `auth`.
 *
 * @throws {OptionsError} if it is not a method.
 */
export function readMethods(auth: unknown): readonly AuthMethod[] {
  const methods = auth === undefined || auth === null ? [] : [auth].flat();
  expect(
    methods.every(isMethod),
    "auth",
    "password(), token(), applicationCredential() or the like",
  );
  expect(
    methods.every(({ identity }) => identity === undefined || isJson(identity)),
    "auth",
    "a method whose identity can be JSON",
  );
  const names = new Set(methods.map(({ name }) => name));
  expect(names.size === methods.length, "auth", "methods with different names");
  const alone = methods.length < 2 || methods.every(({ obtain }) => !obtain);
  expect(alone, "auth", "a method that gets its token elsewhere to stand alone");
  return methods;
}

function isMethod(value: unknown): value is AuthMethod {
  if (!isRecord(value)) return false;
  const { name, payload } = value;
  return typeof name === "string" && typeof payload === "function";
}

/**
 * Checks that these methods can give a token of this scope.
 *
 * @throws {OptionsError} for any scope with an application credential, which has its own: the server
 * answers it with the same 401 as a wrong secret.
 */
export function expectScope(methods: readonly AuthMethod[], scope: Scope | undefined): void {
  const hasOwn = methods.some(({ name }) => name === "application_credential");
  expect(
    scope === undefined || !hasOwn,
    "scope",
    "none with an application credential, which has its own project",
  );
}

/**
 * The body of POST /v3/auth/tokens. It asks each method for its payload, once.
 *
 * @throws {OptionsError} for a payload that can't be sent, of a method that a user wrote.
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export async function authRequest(
  methods: readonly AuthMethod[],
  scope: Scope | undefined,
): Promise<object> {
  const identity: Record<string, unknown> = { methods: methods.map(({ name }) => name) };
  for (const method of methods) {
    const payload = await method.payload();
    expect(
      isRecord(payload) && isJson(payload),
      `payload() of ${method.name}`,
      "an object that can be JSON",
    );
    identity[method.name] = payload;
  }
  if (scope === undefined) return { auth: { identity } };
  return { auth: { identity, scope: scopeRequest(scope) } };
}
