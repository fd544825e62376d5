/** Signs a person in on another device, and lists the projects that they may use: see ../README.md. */
import { createSession } from "keystone-fetch";
import { oidcAccessToken } from "keystone-fetch/federation";
import { deviceFlow } from "./device-flow.ts";

const accessToken = await deviceFlow(
  { issuer: variable("OIDC_ISSUER"), clientId: variable("OIDC_CLIENT_ID") },
  ({ verification_uri, user_code }) =>
    console.error(`Open ${verification_uri} and enter the code ${user_code}`),
);
const session = createSession({
  authUrl: variable("OS_AUTH_URL"),
  auth: oidcAccessToken({
    identityProvider: variable("OS_IDENTITY_PROVIDER"),
    protocol: variable("OS_PROTOCOL"),
    accessToken,
  }),
});
for (const { name } of await session.projects()) console.log(name);

function variable(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
