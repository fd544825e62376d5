import type { AuthMethod } from "../auth/method.ts";
import { authRequest } from "../auth/request.ts";
import {
  EndpointNotFoundError,
  type KeystoneError,
  NotFoundError,
  ResponseError,
  TransportError,
  UnauthorizedError,
} from "../errors.ts";
import type { Scope } from "../scope.ts";
import { isTokenId, parseToken } from "../token.ts";
import { findVersion } from "../transport/discover.ts";
import type { Keystone } from "../transport/keystone.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { Grant } from "./store.ts";

/** What one login may be given. */
export interface LoginOptions {
  readonly signal?: AbortSignal | undefined;
  /** From a `MultiFactorRequiredError`: what was proved before counts too. */
  readonly receipt?: string | undefined;
}

/**
 * POST /v3/auth/tokens.
 *
 * @param refused hears of a 401 to the credentials, before it is thrown
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export async function login(
  { client, base }: Keystone,
  methods: readonly AuthMethod[],
  scope: Scope | undefined,
  { signal, receipt }: LoginOptions,
  refused: (error: KeystoneError) => void,
): Promise<Grant> {
  const json = authRequest(methods, scope);
  let url = "";
  try {
    url = await unlessAborted(base(), signal);
    const reply = client.post(`${url}/auth/tokens`, {
      json,
      signal: signal ?? null,
      // English, since only Keystone's words tell an expired password from a wrong one.
      headers: { "Accept-Language": "en", ...(receipt && { "Openstack-Auth-Receipt": receipt }) },
    });
    const id = (await reply).headers.get("X-Subject-Token") ?? "";
    const document = await reply.json();
    const token = parseToken(id, document);
    // Two of them, joined by a proxy, arrive as one with a comma.
    if (!isTokenId(id)) {
      throw new ResponseError(
        "Expected one X-Subject-Token. In a page: Keystone's [cors] expose_headers must list it",
      );
    }
    if (scope && scope !== "unscoped" && token.scope === "unscoped") {
      throw new ResponseError("Expected a scoped token, not an unscoped one");
    }
    return { token, document };
  } catch (error) {
    // It was tried as often as it may be: the call that waits for it is not tried again for it.
    if (error instanceof TransportError) delete error.cause;
    if (error instanceof UnauthorizedError && !receipt) {
      error.message += " (wrong secret, unknown or disabled user or scope, no role there)";
    }
    // Without a URL it was a 401 to discovery, of which no credentials are the cause.
    if (url && Object(error).status === 401) refused(error as KeystoneError);
    if (!(error instanceof NotFoundError)) throw error;
    // 404 is what a dead token and an unknown application credential get …
    if (/could not|failed to/i.test(error.message)) {
      throw new UnauthorizedError(error.message, error);
    }
    // … and what a server gives that is no Keystone, or has no v3.
    const reason = await findVersion(client, url, 3).catch((reason: unknown) => reason);
    throw reason instanceof EndpointNotFoundError ? reason : error;
  }
}
