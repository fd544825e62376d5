import { expectText } from "../expect.ts";
import { type NamedRef, readNamed } from "../scope.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * Authenticates with a user and a password.
 *
 * @throws {OptionsError} without an id or a name, with a name but no domain, with an empty password.
 * @see https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-unscoped-authorization
 * @example
 * password({ name: "demo", domain: { name: "Default" }, password: "s3cret" });
 */
export function password(user: NamedRef & { readonly password: string }): AuthMethod {
  const ref = readNamed(user, "password");
  const { password } = user;
  expectText(password, "password.password");
  return authMethod("password", () => ({ user: { ...ref, password } }), {
    identity: { user: ref },
  });
}
