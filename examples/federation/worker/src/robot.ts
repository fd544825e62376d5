/** The Worker as itself: an access token by client credentials, and with it a session at Keystone. */
import { createSession, type Session } from "keystone-fetch";
import { oidcAccessToken } from "keystone-fetch/federation";
import * as oauth from "oauth4webapi";
import type { Env } from "./env.ts";

export function openSession(env: Env): Session {
  return createSession({
    authUrl: env.AUTH_URL,
    auth: oidcAccessToken({
      identityProvider: env.IDENTITY_PROVIDER,
      protocol: env.PROTOCOL,
      accessToken: () => accessToken(env),
      // With a user, Keystone's token may be kept in a `store`.
      user: env.CLIENT_ID,
    }),
    scope: { project: { name: env.PROJECT, domain: { name: env.PROJECT_DOMAIN } } },
  });
}

/** Called at each login to Keystone, which is about once an hour. */
async function accessToken({ ISSUER, CLIENT_ID, CLIENT_SECRET }: Env): Promise<string> {
  const issuer = new URL(ISSUER);
  // Without TLS only on this machine.
  const options = { [oauth.allowInsecureRequests]: issuer.hostname === "localhost" };
  const discovered = await oauth.discoveryRequest(issuer, options);
  const server = await oauth.processDiscoveryResponse(issuer, discovered);
  const client = { client_id: CLIENT_ID };
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(CLIENT_SECRET),
    {},
    options,
  );
  const { access_token } = await oauth.processClientCredentialsResponse(server, client, answer);
  return access_token;
}
