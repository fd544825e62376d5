import { parseUrl } from "../parse-url.ts";

/** The page, or the worker of a page, that asks: what a browser lets it do depends on these. */
export interface Page {
  /** As in the header `Origin`; `"null"` for a file or a sandboxed frame. */
  readonly origin: string;
  /** Whether it was loaded over https, and so may call nothing over http. */
  readonly secure: boolean;
}

/** The page that this code runs in; undefined if there is none, and so no CORS. */
export function currentPage(): Page | undefined {
  const { location, origin } = globalThis;
  // workerd has an origin, Deno may have a location: only pages have both.
  if (typeof location !== "object" || typeof origin !== "string") return undefined;
  // A worker made from a blob has the origin of its page, and a sandboxed frame the address of its.
  const secure = origin.startsWith("https:") || location.protocol === "https:";
  return { origin, secure };
}

/** What a page's Content-Security-Policy blocks, which fetch itself does not say. */
export interface Policy {
  /** Whether it was seen to block a request to an origin. */
  blocks(origin: string): Promise<boolean>;
  /** Ends the watch. */
  stop(): void;
}

/**
 * Milliseconds within which a browser reports what it blocked; that may come after fetch has failed.
 */
const patience = 50;

/** Watches what the page's policy blocks from now on. */
export function watchPolicy(): Policy {
  const blocked: string[] = [];
  const note = (event: SecurityPolicyViolationEvent): void => {
    if (event.disposition === "enforce") blocked.push(event.blockedURI);
  };
  globalThis.addEventListener("securitypolicyviolation", note);
  return {
    async blocks(origin) {
      await new Promise((resolve) => setTimeout(resolve, patience));
      return blocked.some((uri) => parseUrl(uri)?.origin === origin);
    },
    stop: () => globalThis.removeEventListener("securitypolicyviolation", note),
  };
}
