import { UnauthorizedError, UntrustedOriginError } from "../errors.ts";
import { isSecured } from "../parse-url.ts";
import type { Token } from "../token.ts";
import { discard, type Send } from "../transport/guarded-fetch.ts";
import { describeRequest, type OutgoingRequest, readRequest } from "../transport/request.ts";
import { tellsOfTokensEnd } from "./ended.ts";
import type { Tokens } from "./tokens.ts";
import { type IsTrusted, isKeystone } from "./trusted-origins.ts";

/** Sends a request with a live token. */
export type AuthorizedSend = (request: OutgoingRequest, attempt?: number) => Promise<Response>;

/**
 * Sends a request with a live token. A 401 ends that token; the request is then sent once more with a
 * new one. A second 401 goes to the caller.
 *
 * @param keystone the origin of Keystone's own address
 */
export function authorizedSend(
  send: Send,
  tokens: Tokens,
  isTrusted: IsTrusted,
  keystone: string,
): AuthorizedSend {
  return async (request, attempt = 1) => {
    const { origin } = request;
    const sendWith = (token: Token, replays: number) => {
      if (!isTrusted(token, origin)) {
        throw new UntrustedOriginError(
          `Not sent: ${origin} is neither in the catalog nor in trustedOrigins`,
        );
      }
      const mayRedirect = (target: string) => {
        const staysHere = mayHoldSecret(request) && isKeystone(token, origin, keystone);
        return !staysHere && (isTrusted(token, target) || isSecured(target, request.url));
      };
      return send(request, {
        kind: "call",
        token: token.id,
        attempt: attempt + replays,
        isTrusted: mayRedirect,
      });
    };
    const signal = request.signal ?? undefined;
    const token = await tokens.token(signal);
    const response = await sendWith(token, 0);
    const isRejected =
      response.status === 401 ||
      (origin === keystone && (await tellsOfTokensEnd(response, request, token)));
    if (!isRejected) return response;
    tokens.reject(token);
    if (!tokens.canRenew) return response;
    if (request.once) {
      discard(response);
      throw new UnauthorizedError(
        `${describeRequest(request)}: ${response.status}, and the body is a stream, which can't be sent again`,
        { status: response.status },
      );
    }
    const next = await tokens.token(signal).catch((error: unknown) => {
      discard(response);
      throw error;
    });
    // A request of one user is not sent as another: its caller gets the answer that there is.
    if (next.user.id !== token.user.id) return response;
    discard(response);
    return sendWith(next, 1);
  };
}

/** A request to Keystone may hold a password or another token: no redirect may take it elsewhere. */
function mayHoldSecret({ body, headers }: OutgoingRequest): boolean {
  const hasBody = body !== undefined && body !== null;
  return hasBody || headers.has("X-Subject-Token") || headers.has("OpenStack-MFA-Passcode");
}

/** `fetch` with a live token, for the session's users. */
export function authorizedFetch(send: AuthorizedSend): typeof globalThis.fetch {
  return async (input, init) => send(await readRequest(input as string | URL | Request, init));
}
