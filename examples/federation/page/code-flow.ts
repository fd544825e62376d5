/** Signing in at the OpenID provider with a code and PKCE: this page then has an access token. */
import * as oauth from "oauth4webapi";
import type { Config } from "./config.ts";
import { freshAccessToken } from "./fresh-access-token.ts";
import { openProvider } from "./provider.ts";

const key = "code-flow";
const scope = "openid profile email groups";

/** The page itself, to which the provider sends the browser back; it is registered there. */
const redirectUri = () => new URL("./", location.href).href;

/** Leaves the page. */
export async function beginCodeFlow(config: Config): Promise<void> {
  const { server } = await openProvider(config);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  sessionStorage.setItem(key, JSON.stringify({ verifier, state }));
  const url = new URL(server.authorization_endpoint ?? "");
  const parameters = {
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: redirectUri(),
    scope,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/**
 * Back on the page: returns a function that gets a fresh access token, for `oidcAccessToken()`;
 * undefined if the page was not opened by the provider.
 */
export async function finishCodeFlow(config: Config): Promise<(() => Promise<string>) | undefined> {
  const here = new URL(location.href);
  if (!here.searchParams.has("state")) return undefined;
  // A code works once: remove it from the address bar and the history.
  history.replaceState(null, "", redirectUri());
  const { verifier, state } = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  sessionStorage.removeItem(key);
  if (!state) throw new Error("This tab did not ask to sign in");
  const provider = await openProvider(config);
  const { server, client, options } = provider;
  const parameters = oauth.validateAuthResponse(server, client, here, state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    verifier,
    options,
  );
  return freshAccessToken(
    provider,
    await oauth.processAuthorizationCodeResponse(server, client, answer),
  );
}
