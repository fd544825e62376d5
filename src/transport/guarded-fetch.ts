import { ResponseError, TransportError, UntrustedOriginError } from "../errors.ts";
import { parseUrl } from "../parse-url.ts";

/** Sends a request, with this token if one is given; `once` uses it up instead of a copy. */
export type Send = (request: Request, token?: string, once?: boolean) => Promise<Response>;

/**
 * fetch as a carrier of secrets needs it: no ambient credentials, no redirect to another origin
 * (fetch itself would take X-Auth-Token and the body along), and one class for "no answer" in
 * every runtime.
 *
 * @throws {TransportError | UntrustedOriginError}
 */
export function guardedFetch(fetch: typeof globalThis.fetch | undefined): Send {
  return async (request, token, once) => {
    const { signal, url, headers } = request;
    if (token) headers.set("X-Auth-Token", token);
    /** The caller's own abort reason as it is; anything else with what the runtime says of it. */
    const broken = (error: unknown): never => {
      if (signal.aborted) throw signal.reason;
      const { name, message, cause } = Object(error);
      // A body that came whole, and is no JSON.
      if (name === "SyntaxError") throw error;
      const words = [message, cause?.message || cause?.code].filter(Boolean).join(": ");
      // A page is told the same for all of these.
      throw new TransportError(
        `${place(request)}: no answer, or CORS hides it (${words})`,
        {},
        error,
      );
    };
    let next = once ? request : request.clone();
    for (let hops = 0; hops < 9; hops++) {
      const send = fetch ?? globalThis.fetch;
      // The signal once more: after a garbage collection Node's clones hear of no abort.
      const init = { redirect: "manual", credentials: "omit", signal } as const;
      const response = await send(next, init).catch(broken);
      // A body that breaks off is no answer either, and every runtime has its own error for it.
      for (const how of ["text", "json", "blob", "arrayBuffer"] as const) {
        const read = response[how].bind(response) as () => Promise<never>;
        response[how] = () => read().catch(broken);
      }
      const { status } = response;
      // A page sees of a redirect only that it is one.
      if (!status) throw new TransportError(`${place(request)}: redirected where a page can't see`);
      const location = response.headers.get("Location");
      if (!location || ![301, 302, 303, 307, 308].includes(status)) return response;
      const target = parseUrl(location, next.url);
      if (!target || target.username || target.password) {
        throw new ResponseError(`${place(request)}: redirected to no address`);
      }
      if (target.origin !== new URL(url).origin) {
        throw new UntrustedOriginError(`${place(request)}: not redirected to ${target.origin}`);
      }
      if (once)
        throw new TransportError(`${place(request)}: redirected, and a stream can't be sent again`);
      // Unlike fetch's, a POST stays one: a login that was moved is still a login.
      next = new Request(target, status === 303 ? { headers, signal } : request.clone());
    }
    throw new TransportError(`${place(request)}: redirected without end`);
  };
}

/** A request by method and address, without the query: that may hold anything. */
export function place({ method, url }: Request): string {
  return `${method} ${url.split("?")[0]}`;
}
