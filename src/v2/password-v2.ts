import { type AuthMethod, authMethod } from "../auth/method.ts";
import { expect, expectNames, expectText } from "../expect.ts";
import { logIn } from "./log-in.ts";
import { readLifetime, tenantRequest, type V2Options } from "./options.ts";

/** A user of Identity v2.0 and their password. */
export interface PasswordV2 extends V2Options {
  /** As the server knows it, sent as it is: oVirt's `admin@internal` is a name. */
  readonly username: string;
  readonly password: string;
}

/**
 * Authenticates with a user and a password at a server that speaks only Identity v2.0, such as oVirt's
 * OVN provider. The session's `authUrl` must end in `/v2.0`; `Token` and `Catalog` are the same as
 * with v3. What v2.0 leaves out is filled in: the domain is `default`, the user's name replaces an
 * empty id, and a token without an expiry counts as alive for `lifetime` seconds. `revoke()` only
 * forgets the token: v2.0 would need its id in a URL.
 *
 * @throws {OptionsError} without a username, with an empty password, a wrong tenant or lifetime.
 * @see https://docs.openstack.org/api-ref/identity/v2/#authenticate
 * @example
 * const session = createSession({
 *   authUrl: "https://engine.example:35357/v2.0",
 *   auth: passwordV2({ username: "admin@internal", password: "s3cret" }),
 * });
 * const neutron = await session.service("network");
 * const { networks } = await neutron.get("v2.0/networks").json<{ networks: object[] }>();
 */
export function passwordV2(user: PasswordV2): AuthMethod {
  const option = "passwordV2";
  expect(typeof user === "object" && user !== null, option, "{ username, password }");
  expectNames(user, ["username", "password", "tenant", "lifetime"]);
  const { username, password, tenant, lifetime } = user;
  expectText(username, `${option}.username`);
  expectText(password, `${option}.password`);
  const scoped = tenantRequest(tenant, `${option}.tenant`);
  const seconds = readLifetime(lifetime, `${option}.lifetime`);
  const payload = () => ({ passwordCredentials: { username, password }, ...scoped });
  return authMethod("password", payload, {
    identity: { passwordCredentials: { username }, ...scoped },
    obtain: (send, context) =>
      logIn(send, { method: "password", auth: payload(), lifetime: seconds }, context),
  });
}
