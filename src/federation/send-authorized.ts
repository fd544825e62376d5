import type { AuthExchange, SendAuth } from "../auth/method.ts";
import { copyOf, ResponseError, TransportError, UntrustedOriginError } from "../errors.ts";

/**
 * Sends a login that has an `Authorization` header, and explains the two failures that would otherwise
 * puzzle everybody.
 */
export async function sendAuthorized(send: SendAuth, request: AuthExchange): Promise<Response> {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof UntrustedOriginError) {
      throw new ResponseError(
        `${error.message}: this address redirects to an identity provider (WebSSO), and takes no access token`,
      );
    }
    if (error instanceof TransportError) {
      throw copyOf(
        error,
        `${error.message}. From a page: Keystone's [cors] allow_headers must list Authorization, and a refused login may be unreadable`,
      );
    }
    throw error;
  }
}
