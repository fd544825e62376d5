import { UnauthorizedError, UntrustedOriginError } from "../errors.ts";
import type { Token } from "../token.ts";
import { discard, type Send } from "../transport/guarded-fetch.ts";
import { describeRequest, type OutgoingRequest, readRequest } from "../transport/request.ts";
import { tellsOfTokensEnd } from "./ended.ts";
import type { Tokens } from "./tokens.ts";
import type { Trust } from "./trust.ts";

/** Sends a request with a live token. */
export type AuthorizedSend = (request: OutgoingRequest, attempt?: number) => Promise<Response>;

/**
 * Sends a request with a live token. A 401 ends that token; the request is then sent once more with a
 * new one. A second 401 goes to the caller.
 *
 * @param keystone Keystone's origin: a redirect of a request to it that may hold a secret stays there
 */
export function authorizedSend(
  send: Send,
  tokens: Tokens,
  isTrusted: Trust,
  keystone: string,
): AuthorizedSend {
  return async (request, attempt = 1) => {
    const { origin } = request;
    const sendWith = (token: Token, again: number) => {
      if (!isTrusted(token, origin)) {
        throw new UntrustedOriginError(
          `Not sent: ${origin} is neither in the catalog nor in trustedOrigins`,
        );
      }
      const staysHere = origin === keystone && mayHoldSecret(request);
      const mayRedirect = (target: string) =>
        !staysHere && (isTrusted(token, target) || isSecured(target, request.url));
      const sent = attempt + again;
      return send(request, {
        kind: "call",
        token: token.id,
        attempt: sent,
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

/** Whether this is the same host by https, at the same port or its usual one. */
function isSecured(target: string, url: string): boolean {
  const { protocol, hostname, port } = new URL(url);
  const origins = [`https://${hostname}`, `https://${hostname}:${port || 80}`];
  return protocol === "http:" && origins.includes(target);
}

/** A request to Keystone may hold a password or another token, which nobody else may see. */
function mayHoldSecret({ body, headers }: OutgoingRequest): boolean {
  const hasBody = body !== undefined && body !== null;
  return hasBody || headers.has("X-Subject-Token") || headers.has("OpenStack-MFA-Passcode");
}

/** `fetch` with a live token, for the session's users. */
export function authorizedFetch(send: AuthorizedSend): typeof globalThis.fetch {
  return async (input, init) => send(await readRequest(input as string | URL | Request, init));
}
