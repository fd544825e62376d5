import { expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { type NamedRef, readDomain, readNamed } from "../scope.ts";
import { type AuthMethod, authMethod } from "./method.ts";

/**
 * Authenticates with an application credential: its id, or its name and its user. It has its own
 * project, so a session with one takes no `scope`.
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
  const { user, secret }: Record<string, unknown> = isRecord(credential) ? credential : {};
  const named = readDomain(credential, option);
  const identity = "id" in named ? named : { ...named, user: readNamed(user, `${option}.user`) };
  expectText(secret, `${option}.secret`);
  return authMethod("application_credential", () => ({ ...identity, secret }), { identity });
}
