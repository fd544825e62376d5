import * as oauth from "oauth4webapi";
import type { Config } from "./config.ts";

/** The OpenID provider, as oauth4webapi's functions want it. */
export interface Provider {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly options: { readonly [oauth.allowInsecureRequests]: boolean };
}

/** Asks the provider where its endpoints are. */
export async function openProvider({ issuer, clientId }: Config): Promise<Provider> {
  const url = new URL(issuer);
  // Without TLS only on this machine.
  const options = { [oauth.allowInsecureRequests]: url.hostname === "localhost" };
  const answer = await oauth.discoveryRequest(url, options);
  const server = await oauth.processDiscoveryResponse(url, answer);
  return { server, client: { client_id: clientId }, options };
}
