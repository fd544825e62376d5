import { expect } from "../expect.ts";
import { isTokenId } from "../token.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * Authenticates with an existing token: Keystone issues a new one, which has the scope that the
 * session asks for and expires with the old one. To use a token as it is, pass it to
 * `createSession()` as `token`.
 *
 * @throws {OptionsError} if it can't be a token's id.
 * @see https://docs.openstack.org/api-ref/identity/v3/#token-authentication-with-unscoped-authorization
 * @example
 * createSession({ authUrl, auth: token(id), scope: "unscoped" });
 */
export function token(id: string): AuthMethod {
  expect(isTokenId(id), "token", "the id of a token: one line of ASCII without spaces or commas");
  return authMethod("token", () => ({ id }));
}
