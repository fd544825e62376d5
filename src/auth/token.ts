import { expectText } from "../expect.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * A token that exists. The new one ends when it does, and can't be renewed after that.
 *
 * @throws {OptionsError} for an empty id.
 * @see https://docs.openstack.org/api-ref/identity/v3/#token-authentication-with-unscoped-authorization
 * @example
 * createSession({ authUrl, auth: token(id), scope: { project: { id: "f00" } } });
 */
export function token(id: string): AuthMethod {
  expectText(id, "token");
  return authMethod("token", () => ({ id }));
}
