import { UnauthorizedError } from "../errors.ts";
import { expect, expectText } from "../expect.ts";
import { type NamedRef, readNamed } from "../scope.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * Authenticates with a time-based one-time passcode, usually beside a password. A passcode works only
 * once, so it is never sent twice: pass a function if the session is to renew its token.
 *
 * @param user the user, and the passcode: a string, or a function that is called at each login
 * @throws {OptionsError} without an id or a name, with a name but no domain, with an empty passcode.
 * @see https://docs.openstack.org/api-ref/identity/v3/#multi-factor-authentication-with-password-and-totp
 * @example
 * const factors = [
 *   password({ name: "demo", domain: { name: "Default" }, password: "s3cret" }),
 *   totp({ name: "demo", domain: { name: "Default" }, passcode: async () => "123456" }),
 * ];
 * createSession({ authUrl: "https://keystone.example:5000", auth: factors });
 */
export function totp(
  user: NamedRef & { readonly passcode: string | (() => string | Promise<string>) },
): AuthMethod {
  const ref = readNamed(user, "totp");
  const { passcode } = user;
  const expected = "a non-empty string, or a function that returns one";
  expect(
    typeof passcode === "function" || (typeof passcode === "string" && passcode),
    "totp.passcode",
    expected,
  );
  let sent: string | undefined;
  const payload = async () => {
    const code = typeof passcode === "function" ? await passcode() : passcode;
    expectText(code, "totp.passcode");
    if (code === sent) {
      throw new UnauthorizedError(
        "totp.passcode was sent before, and works only once. Pass a function that returns a new one",
      );
    }
    sent = code;
    return { user: { ...ref, passcode: code } };
  };
  return authMethod("totp", payload, { identity: { user: ref }, oneTime: true });
}
