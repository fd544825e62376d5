import { ResponseError } from "../errors.ts";
import { expect } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { parseUrl, readUrl } from "../parse-url.ts";
import { refuse } from "../refuse.ts";
import { isTokenId } from "../token.ts";

/** Checks that keep an attacker from signing this browser in to the attacker's account. */
export interface WebSsoChecks {
  /** Keystone's address: a form posted by any other site is refused. Only for a `Request`. */
  readonly authUrl?: string | URL | undefined;
  /**
   * Whether this browser asked for this login, and has not used it yet: the result of
   * `webSsoCookie.isIn()`, or of `webSsoNote().take()`. Unless it is true, the form is refused.
   */
  readonly pending?: boolean | undefined;
}

const names = ["authUrl", "pending"];

/**
 * Reads the token from the form that Keystone had a browser post to the `origin` of `webSso()`: in an
 * edge function, or in the service worker of a static page. Pass it to `createSession()` as `token`.
 *
 * The form holds nothing but the token, so an attacker can make your user's browser post one with the
 * attacker's token: your user would then work in the attacker's account. **Pass both checks.**
 *
 * @throws {ResponseError} for a form that is not Keystone's, or for which this browser did not ask.
 * @throws {OptionsError} for a check that cannot be made.
 * @see https://docs.openstack.org/keystone/latest/admin/federation/configure_federation.html
 * @example
 * const token = await readWebSso(request, { authUrl, pending: webSsoCookie.isIn(request) });
 * const session = createSession({ authUrl, token });
 */
export async function readWebSso(
  form: Request | FormData,
  checks: WebSsoChecks = {},
): Promise<string> {
  // A misspelt check would be none.
  const isKnown = isRecord(checks) && Object.keys(checks).every((name) => names.includes(name));
  expect(isKnown, "readWebSso checks", "{ authUrl, pending }");
  const { authUrl } = checks;
  if ("pending" in checks && checks.pending !== true) {
    throw new ResponseError(
      "WebSSO: this browser did not ask for a login, or has used the answer already",
    );
  }
  if (form instanceof FormData) {
    const why = "can't be checked with FormData; pass the Request";
    refuse(authUrl !== undefined, "readWebSso.authUrl", why);
    return tokenOf(form);
  }
  expect(typeof form?.formData === "function", "readWebSso", "a Request or FormData");
  // One that is undefined comes from an unset variable: it must not mean any site.
  if ("authUrl" in checks) {
    const wanted = readUrl("readWebSso.authUrl", authUrl).origin;
    const sender = senderOf(form);
    if (sender !== wanted) {
      throw new ResponseError(`WebSSO: the form was posted by ${sender}, expected ${wanted}`);
    }
  }
  const fields = await form.formData().catch(() => undefined);
  if (form.method !== "POST" || !fields) throw new ResponseError("WebSSO: expected a posted form");
  return tokenOf(fields);
}

function tokenOf(form: FormData): string {
  const [token, ...others] = form.getAll("token");
  if (typeof token !== "string" || !isTokenId(token) || others.length > 0) {
    throw new ResponseError("WebSSO: expected a form with one token");
  }
  return token;
}

/**
 * Which origin had the browser post it. No page can forge these; a service worker is only told the
 * referrer.
 */
function senderOf({ headers, referrer }: Request): string {
  const named = headers.get("Origin") ?? parseUrl(headers.get("Referer") ?? referrer)?.origin;
  return named === undefined || named === "null" ? "an unknown site" : named;
}
