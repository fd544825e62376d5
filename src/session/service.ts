import type { KyInstance } from "ky";
import { microversionHeaders } from "../catalog/microversion.ts";
import { createClient } from "../transport/client.ts";
import type { ClientOptions } from "../transport/client-options.ts";
import type { AuthorizedSend } from "./authorized-fetch.ts";
import type { FoundEndpoint } from "./endpoints.ts";
import type { Tokens } from "./tokens.ts";

/** Makes a ky that is bound to an endpoint and to a session's token. */
export type ServiceFactory = (found: FoundEndpoint) => KyInstance;

export function createServiceFactory(
  send: AuthorizedSend,
  tokens: Tokens,
  options: ClientOptions,
): ServiceFactory {
  return ({ endpoint: { url, type }, microversion }) =>
    createClient(send, options, {
      prefix: url,
      ...(microversion !== undefined && { headers: microversionHeaders(type, microversion) }),
      // A request that waits for a login has not been sent: neither its timeout nor its retries have begun.
      ready: tokens.token,
      mayRetry: (error) => !tokens.isLoginFailure(error),
    });
}
