import { TransportError, UntrustedOriginError } from "../errors.ts";

/** Sends what `make` makes: a new request each time, since a redirect sends the body again. */
export type Send = (make: () => Request) => Promise<Response>;

/**
 * fetch as a carrier of secrets needs it: no ambient credentials, no redirect to another origin
 * (fetch itself would take X-Auth-Token and the body along), and one class for "no answer" in
 * every runtime.
 *
 * @throws {TransportError | UntrustedOriginError}
 */
export function guardedFetch(fetch: typeof globalThis.fetch | undefined): Send {
  return async (make) => {
    let request = make();
    for (let hops = 0; hops < 5; hops++) {
      const response = await once(fetch ?? globalThis.fetch, request);
      const location = response.headers.get("Location");
      if (!location || ![301, 302, 303, 307, 308].includes(response.status)) return response;
      const { origin } = new URL(request.url);
      const target = new URL(location, request.url);
      if (target.origin !== origin) {
        throw new UntrustedOriginError(`${origin} redirects to ${target.origin}: not followed`);
      }
      const { headers, signal } = request;
      // Unlike fetch, a POST stays one: a login that was moved is still a login.
      request = new Request(target, response.status === 303 ? { headers, signal } : make());
    }
    throw new TransportError("Too many redirects");
  };
}

async function once(fetch: typeof globalThis.fetch, request: Request): Promise<Response> {
  const { url, signal } = request;
  /** The caller's own abort reason as it is; anything else with what the runtime says of it. */
  const broken = (error: unknown): never => {
    if (signal.aborted) throw signal.reason;
    if (error instanceof SyntaxError) throw error;
    const { message, cause } = Object(error);
    throw new TransportError(
      // A page is told the same for all of these.
      `No answer from ${url.split("?")[0]}: offline, not there, broken off, or CORS does not allow this page (${message}${
        cause ? `, ${cause.message || cause.code}` : ""
      })`,
      {},
      error,
    );
  };
  const response = await fetch(request, { redirect: "manual", credentials: "omit" }).catch(broken);
  if (response.type === "opaqueredirect") {
    throw new TransportError(`${url.split("?")[0]} redirects, and a page can't see where to`);
  }
  // A body that breaks off is no answer either, and every runtime has its own error for it.
  for (const name of ["text", "json", "arrayBuffer", "blob"] as const) {
    const read = response[name] as () => Promise<unknown>;
    Object.defineProperty(response, name, { value: () => read.call(response).catch(broken) });
  }
  return response;
}
