import { expectText } from "../expect.ts";
import { domainRef, type NamedRef, namedRef } from "../scope.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * An application credential, by id or by its name and its user. It carries its own project, so a
 * session with one takes no `scope`.
 *
 * @throws {OptionsError} without an id or a name and user, with an empty secret.
 * @see https://docs.openstack.org/api-ref/identity/v3/#authenticating-with-an-application-credential
 * @example
 * applicationCredential({ id: "ac-id", secret: "s3cret" });
 */
export function applicationCredential(
  credential: ({ readonly id: string } | { readonly name: string; readonly user: NamedRef }) & {
    readonly secret: string;
  },
): AuthMethod {
  const option = "applicationCredential";
  const { id, user, secret } = Object(credential);
  const named = domainRef(credential, option);
  const ref = id ? named : { ...named, user: namedRef(user, `${option}.user`) };
  expectText(secret, `${option}.secret`);
  return authMethod("application_credential", () => ({ ...ref, secret }), ref);
}
