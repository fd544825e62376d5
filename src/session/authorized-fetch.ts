import { UnauthorizedError, UntrustedOriginError } from "../errors.ts";
import type { Token } from "../token.ts";
import type { Send } from "../transport/guarded-fetch.ts";

/**
 * fetch with a live token. A 401 ends that token, gets a new one and sends the request once more;
 * a second 401 is the caller's.
 *
 * @param live gives a live token
 * @param reject hears of a token that a server answered 401 to
 * @param origins what may get the token besides the origins of its catalog
 */
export function authorizedFetch(
  send: Send,
  live: (signal: AbortSignal) => Promise<Token>,
  reject: (token: Token) => void,
  origins: readonly string[],
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    // A stream is read only once: neither kept in memory for a second time, nor sent twice.
    const once = init?.body instanceof ReadableStream;
    const sendWith = (token: Token) => {
      assertTrusted(new URL(request.url).origin, token, origins);
      return send(() => {
        const copy = once ? request : request.clone();
        copy.headers.set("X-Auth-Token", token.id);
        return copy;
      });
    };
    const token = await live(signal);
    const response = await sendWith(token);
    if (response.status !== 401) return response;
    reject(token);
    if (once) throw new UnauthorizedError("401, and a stream can't be sent again", { status: 401 });
    return sendWith(await live(signal));
  };
}

/** @throws {UntrustedOriginError} before anything is sent there. */
function assertTrusted(origin: string, { catalog }: Token, origins: readonly string[]): void {
  const trusted =
    origins.includes(origin) ||
    catalog.some(({ endpoints }) =>
      endpoints.some(({ url }) => URL.canParse(url) && new URL(url).origin === origin),
    );
  if (!trusted) {
    throw new UntrustedOriginError(`${origin} is neither in the catalog nor in trustedOrigins`);
  }
}
