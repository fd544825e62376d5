import { expect } from "../expect.ts";
import { type Scope, scopeRequest } from "../scope.ts";
import type { AuthMethod } from "./method.ts";

/**
 * The body of POST /v3/auth/tokens.
 *
 * @throws {OptionsError} for a wrong scope, or for any scope beside an application credential.
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export function authRequest(auth: readonly AuthMethod[], scope?: Scope): object {
  const methods = auth.map(({ name }) => name);
  // The server answers 401 to it, the same as to a wrong secret.
  expect(
    scope === undefined || !methods.includes("application_credential"),
    "scope",
    "none with an application credential",
  );
  return {
    auth: {
      identity: {
        methods,
        ...Object.fromEntries(auth.map(({ name, payload }) => [name, payload()])),
      },
      ...(scope !== undefined && { scope: scopeRequest(scope) }),
    },
  };
}
