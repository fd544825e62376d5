import { type AuthMethod, authMethod } from "../auth/method.ts";
import { expect, expectNames, expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { pathSegment } from "../path-segment.ts";
import { expectHeaderText } from "./expect-header-text.ts";
import { readIssuedToken } from "./read-reply.ts";
import { sendAuthorized } from "./send-authorized.ts";

/** An access token of an OpenID provider, and how Keystone knows that provider. */
export interface OidcAccessToken {
  /** The identity provider's id at Keystone. */
  readonly identityProvider: string;
  /** The protocol's id at Keystone, such as `"openid"`. */
  readonly protocol: string;
  /** A string is good until it expires; a function is called at each login, and so can refresh it. */
  readonly accessToken: string | (() => string | Promise<string>);
  /**
   * Whose access token it is: any name that no two people share, such as the `sub` or the client's id.
   * Without it, Keystone's token is not stored, since one person might then find another's.
   */
  readonly user?: string | undefined;
}

const names: readonly (keyof OidcAccessToken)[] = [
  "identityProvider",
  "protocol",
  "accessToken",
  "user",
];

/**
 * Authenticates with an access token of an OpenID provider (federation). Keystone's token lives as
 * long as any other of its tokens, however short the life of the access token; renewing it takes a
 * fresh access token.
 *
 * From a page, Keystone's `[cors] allow_headers` must list `Authorization`.
 *
 * @throws {OptionsError} for an option that is missing; at a login, for an access token that is not a
 *   string, or an empty one.
 * @throws {UnauthorizedError} at a login, for an access token that is refused, a user whom no mapping
 *   knows, or a protocol whose method is not enabled.
 * @throws {ResponseError} at a login, if Keystone accepts only browsers (WebSSO) there.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#request-an-unscoped-os-federation-token
 * @example
 * const session = createSession({
 *   authUrl: "https://keystone.example:5000",
 *   auth: oidcAccessToken({
 *     identityProvider: "idp",
 *     protocol: "openid",
 *     accessToken: () => freshAccessToken(),
 *   }),
 *   scope: { project: { name: "shared", domain: { name: "example" } } },
 * });
 */
export function oidcAccessToken(options: OidcAccessToken): AuthMethod {
  expect(isRecord(options), "oidcAccessToken", "an object");
  expectNames(options, names);
  const { identityProvider, protocol, accessToken, user } = options;
  const provider = pathSegment(identityProvider, "oidcAccessToken.identityProvider");
  const path = `OS-FEDERATION/identity_providers/${provider}/protocols/${pathSegment(protocol, "oidcAccessToken.protocol")}/auth`;
  if (user !== undefined) expectText(user, "oidcAccessToken.user");
  if (typeof accessToken !== "function") {
    expectHeaderText(accessToken, "oidcAccessToken.accessToken");
  }
  return authMethod(protocol, () => ({}), {
    identity: user === undefined ? undefined : { identityProvider, protocol, subject: user },
    async obtain(send) {
      const bearer = typeof accessToken === "function" ? await accessToken() : accessToken;
      expectHeaderText(bearer, "oidcAccessToken.accessToken");
      // Without Accept, Apache may answer by redirecting to a login page.
      const headers = { Accept: "application/json", Authorization: `Bearer ${bearer}` };
      const reply = await sendAuthorized(send, { method: "POST", path, headers });
      return readIssuedToken(reply, path);
    },
  });
}
