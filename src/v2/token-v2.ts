import { type AuthMethod, authMethod } from "../auth/method.ts";
import { expect, expectNames, expectText } from "../expect.ts";
import { logIn } from "./log-in.ts";
import { readLifetime, tenantRequest, type V2Options } from "./options.ts";

/**
 * Authenticates with an existing token at a server that speaks only Identity v2.0; with a `tenant`, it
 * is exchanged for one of that tenant. The new token expires with it; oVirt's OVN provider returns the
 * same token.
 *
 * @throws {OptionsError} for an empty id, a wrong tenant or lifetime.
 * @see https://docs.openstack.org/api-ref/identity/v2/#authenticate
 * @example
 * createSession({ authUrl: "https://engine.example:35357/v2.0", auth: tokenV2(id) });
 */
export function tokenV2(id: string, options: V2Options = {}): AuthMethod {
  const option = "tokenV2";
  expectText(id, option);
  const isObject = typeof options === "object" && options !== null;
  expect(isObject, `${option} options`, "{ tenant, lifetime }");
  expectNames(options, ["tenant", "lifetime"]);
  const { tenant, lifetime } = options;
  const scoped = tenantRequest(tenant, `${option}.tenant`);
  const seconds = readLifetime(lifetime, `${option}.lifetime`);
  const payload = () => ({ token: { id }, ...scoped });
  return authMethod("token", payload, {
    obtain: (send, context) =>
      logIn(send, { method: "token", auth: payload(), lifetime: seconds }, context),
  });
}
