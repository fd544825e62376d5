/**
 * What `diagnose()` found. Everything but `"ok"` is for an operator, or the page's author, to fix:
 *
 * - `"ok"`: a Keystone with Identity v3 answers, and allows this page
 * - `"offline"`: this machine has no network
 * - `"dns"`: there is no host with that name
 * - `"refused"`: nothing listens on that port
 * - `"tls"`: the certificate isn't trusted, or that port does not speak TLS
 * - `"reset"`: the connection is closed without an answer
 * - `"timeout"`: no answer in time
 * - `"unreachable"`: one of the five above; a page does not learn which
 * - `"blocked"`: a Content-Security-Policy, or the runtime's permissions, forbid the connection
 * - `"mixed-content"`: an `https:` page may not call an `http:` address
 * - `"cors-origin"`: the server answers, but does not let pages from this origin read it
 * - `"cors-headers"`: the preflight refuses a request header, see `headers`
 * - `"cors-method"`: the preflight refuses a method, see `method`
 * - `"cors-expose"`: Keystone's response headers can't be read, so neither can a token
 * - `"redirect"`: the address redirects, and no Keystone was found there
 * - `"unavailable"`: 5xx or 429: Keystone, or the proxy in front of it, fails
 * - `"web-page"`: a web page: a console's, a proxy's or a captive portal's
 * - `"not-keystone"`: something else answers, or nothing is at that path
 * - `"v2-only"`: nothing but Identity v2.0
 * - `"other-path"`: Identity v3 is at another address: `authUrl`
 * - `"clock"`: all well, but the two clocks differ by more than a minute, see `clockOffset`
 */
export type DiagnosisCode =
  | "ok"
  | "offline"
  | "dns"
  | "refused"
  | "tls"
  | "reset"
  | "timeout"
  | "unreachable"
  | "blocked"
  | "mixed-content"
  | "cors-origin"
  | "cors-headers"
  | "cors-method"
  | "cors-expose"
  | "redirect"
  | "unavailable"
  | "web-page"
  | "not-keystone"
  | "v2-only"
  | "other-path"
  | "clock";

/** Why a page or a program can't talk to a Keystone, or that it can. Plain and frozen. */
export interface Diagnosis {
  /** Whether `code` is `"ok"`. */
  readonly ok: boolean;
  readonly code: DiagnosisCode;
  /** What to do about it, for an operator. */
  readonly message: string;
  /** False if the browser hides what would prove it: then `message` says what else it may be. */
  readonly certain: boolean;
  /** The option for keystone.conf, as in `"[cors] allowed_origin = https://app.example"`. */
  readonly setting?: string;
  /** The address to use, if Identity v3 was found at another than the given one. */
  readonly authUrl?: string;
  /** The request headers that the preflight refuses. */
  readonly headers?: readonly string[];
  /** The method that the preflight refuses. */
  readonly method?: string;
  /** The HTTP status on which the diagnosis rests. */
  readonly status?: number;
  /** The server's clock minus ours, in seconds; absent if it can't be read, as in most pages. */
  readonly clockOffset?: number;
}

/** A diagnosis, frozen with what is in it. */
export function diagnosis(
  code: DiagnosisCode,
  message: string,
  details: Partial<Omit<Diagnosis, "ok" | "code" | "message">> = {},
): Diagnosis {
  if (details.headers) Object.freeze(details.headers);
  return Object.freeze({ ok: code === "ok", code, message, certain: true, ...details });
}
