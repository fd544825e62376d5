import { applicationCredential } from "../auth/application-credential.ts";
import type { AuthMethod } from "../auth/method.ts";
import { password } from "../auth/password.ts";
import { token } from "../auth/token.ts";
import { totp } from "../auth/totp.ts";
import { expect } from "../expect.ts";
import { oidcAccessToken } from "../federation/oidc-access-token.ts";
import type { NamedRef } from "../scope.ts";
import { isTokenId } from "../token.ts";
import { readDomain } from "./read-scope.ts";
import type { Settings } from "./settings.ts";

const typeNames = ["auth_type", "auth_plugin"];
const tokenNames = ["token", "auth_token"];
const credentialNames = ["application_credential_id", "application_credential_name"];

/** By keystoneauth's name of the type, without the "v3" that most have before it. */
const readers = new Map<string, (settings: Settings) => AuthMethod>([
  ["password", readPassword],
  ["token", readToken],
  ["applicationcredential", readApplicationCredential],
  ["totp", readTotp],
  ["oidcaccesstoken", readAccessToken],
]);

/** For errors. */
const knownTypes = [...readers.keys()].map((type) => `v3${type}`).join(", ");

/** What `auth_type` names or, without one, the method for which there is a secret: a password first. */
export function readAuth(settings: Settings): AuthMethod | AuthMethod[] {
  const { get, list, placeOf } = settings;
  const named = get(...typeNames);
  if (named === undefined) return readMethod(settings, typeBySecret(settings), "password");
  if (withoutVersion(named) !== "multifactor") return readMethod(settings, named, ...typeNames);
  const types = list("auth_methods");
  expect(types.length > 0, placeOf("auth_methods"), "the methods, as in v3password,v3token");
  return types.map((type) => readMethod(settings, type, "auth_methods"));
}

/** @param names where the type is written */
function readMethod(settings: Settings, type: string, ...names: string[]): AuthMethod {
  const read = readers.get(withoutVersion(type));
  expect(read, settings.placeOf(...names), `one of ${knownTypes}, v3multifactor`);
  return read(settings);
}

function withoutVersion(type: string): string {
  return type.trim().replace(/^v3/, "");
}

function typeBySecret({ has, placeOf }: Settings): string {
  if (has("password")) return "password";
  if (has("application_credential_secret", ...credentialNames)) return "applicationcredential";
  const others = `${placeOf("application_credential_secret")}, or ${placeOf(...tokenNames)}`;
  expect(has(...tokenNames), placeOf("password"), `a password, or ${others}`);
  return "token";
}

function readPassword(settings: Settings): AuthMethod {
  const user = readUser(settings);
  return password({ ...user, password: settings.need("a password", "password") });
}

function readToken({ need, placeOf }: Settings): AuthMethod {
  const id = need("a token", ...tokenNames);
  expect(isTokenId(id), placeOf(...tokenNames), "the id of a token, without spaces");
  return token(id);
}

function readTotp(settings: Settings): AuthMethod {
  const user = readUser(settings);
  return totp({ ...user, passcode: settings.need("a passcode", "passcode") });
}

function readAccessToken({ need }: Settings): AuthMethod {
  return oidcAccessToken({
    identityProvider: need("the identity provider", "identity_provider"),
    protocol: need("the protocol", "protocol"),
    accessToken: need("an access token", "access_token"),
  });
}

function readApplicationCredential(settings: Settings): AuthMethod {
  const { has, need, placeOf } = settings;
  const byName = placeOf("application_credential_name");
  const named = need(`the credential's id, or ${byName}`, ...credentialNames);
  const secret = need("the credential's secret", "application_credential_secret");
  if (has("application_credential_id")) return applicationCredential({ id: named, secret });
  return applicationCredential({ name: named, user: readUser(settings), secret });
}

function readUser(settings: Settings): NamedRef {
  const { get, need, placeOf } = settings;
  const id = get("user_id", "userid");
  if (id) return { id };
  const name = need(`the user's name, or ${placeOf("user_id")}`, "username", "user_name");
  return { name, domain: readDomain(settings, "user_") };
}
