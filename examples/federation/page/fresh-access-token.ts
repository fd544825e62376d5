import * as oauth from "oauth4webapi";
import type { Provider } from "./provider.ts";

/** Seconds before its expiry from which on an access token is no longer used. */
const margin = 30;

/** Returns the access token while it lasts, then refreshes it. */
export function freshAccessToken(
  { server, client, options }: Provider,
  first: oauth.TokenEndpointResponse,
): () => Promise<string> {
  let { access_token: accessToken, refresh_token: refreshToken } = first;
  let endsAt = endOf(first);
  let refreshing: Promise<string> | undefined;

  const refresh = async () => {
    if (!refreshToken) throw new Error("Sign in again: there is nothing to refresh");
    const answer = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      refreshToken,
      options,
    );
    const next = await oauth.processRefreshTokenResponse(server, client, answer);
    accessToken = next.access_token;
    refreshToken = next.refresh_token ?? refreshToken;
    endsAt = endOf(next);
    return accessToken;
  };

  return async () => {
    if (Date.now() < endsAt) return accessToken;
    // One at a time: if a refresh token is used twice, it and its successor are revoked.
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
}

function endOf({ expires_in = 0 }: oauth.TokenEndpointResponse): number {
  return Date.now() + (expires_in - margin) * 1000;
}
