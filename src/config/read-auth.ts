import { applicationCredential } from "../auth/application-credential.ts";
import type { AuthMethod } from "../auth/method.ts";
import { password } from "../auth/password.ts";
import { token } from "../auth/token.ts";
import { expect } from "../expect.ts";
import type { NamedRef } from "../scope.ts";
import { readDomain } from "./read-scope.ts";
import type { Settings } from "./settings.ts";

const typeNames = ["auth_type", "auth_plugin"];
const tokenNames = ["token", "auth_token"];
const credentialNames = ["application_credential_id", "application_credential_name"];

/** By keystoneauth's name, without the "v3" that some write before it. */
const methods = new Map<string, (settings: Settings) => AuthMethod>([
  [
    "password",
    (settings) =>
      password({ ...readUser(settings), password: settings.need("a password", "password") }),
  ],
  ["token", ({ need }) => token(need("a token", ...tokenNames))],
  ["applicationcredential", readApplicationCredential],
]);

/** What `auth_type` names or, without one, what there is a secret for: a password before others. */
export function readAuth(settings: Settings): AuthMethod {
  const { get, placeOf } = settings;
  const make = methods.get(readType(settings));
  const others = `${placeOf("application_credential_secret")}, or ${placeOf("token")}`;
  const [place, expected] = get(...typeNames)
    ? [placeOf(...typeNames), "password, v3password, token, v3token or v3applicationcredential"]
    : [placeOf("password"), `a password, or ${others}`];
  expect(make, place, expected);
  return make(settings);
}

function readType({ get }: Settings): string {
  const named = get(...typeNames);
  if (named) return named.replace(/^v3/, "");
  if (get("password")) return "password";
  if (get("application_credential_secret", ...credentialNames)) return "applicationcredential";
  return get(...tokenNames) ? "token" : "";
}

function readApplicationCredential(settings: Settings): AuthMethod {
  const { get, need, placeOf } = settings;
  const named = need(
    `the credential's id, or ${placeOf("application_credential_name")}`,
    ...credentialNames,
  );
  const secret = need("the credential's secret", "application_credential_secret");
  return applicationCredential(
    get("application_credential_id")
      ? { id: named, secret }
      : { name: named, user: readUser(settings), secret },
  );
}

function readUser(settings: Settings): NamedRef {
  const { get, need, placeOf } = settings;
  const id = get("user_id", "userid");
  if (id) return { id };
  const name = need(`the user's name, or ${placeOf("user_id")}`, "username", "user_name");
  return { name, domain: readDomain(settings, "user_") };
}
