import { UnauthorizedError, UntrustedOriginError } from "../errors.ts";
import { parseUrl } from "../parse-url.ts";
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
    // ky's own request, where it is ky who asks: so its errors know which token is to be redacted.
    const request = input instanceof Request && !init ? input : new Request(input, init);
    // A stream is read only once: neither kept in memory for a second time, nor sent twice.
    const once = init?.body instanceof ReadableStream;
    const sendWith = async (token: Token) => {
      const { origin } = new URL(request.url);
      const there = ({ url }: { url: string }) => parseUrl(url)?.origin === origin;
      if (origins.includes(origin) || token.catalog.some((one) => one.endpoints.some(there))) {
        return send(request, token.id, once);
      }
      throw new UntrustedOriginError(`${origin} is not in the catalog or trustedOrigins`);
    };
    const token = await live(request.signal);
    const response = await sendWith(token);
    if (response.status !== 401) return response;
    reject(token);
    if (once) throw new UnauthorizedError("401, and a stream can't be sent again", { status: 401 });
    return sendWith(await live(request.signal));
  };
}
