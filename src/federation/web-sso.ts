import { expect, expectNames } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { readUrl } from "../parse-url.ts";
import { pathSegment } from "../path-segment.ts";
import { v3Url } from "./v3-url.ts";

/** Where a person signs in, and where Keystone posts the token to. */
export interface WebSso {
  /** Keystone's address. */
  readonly authUrl: string | URL;
  /** The identity provider's id at Keystone. Default: whichever the person signs in at. */
  readonly identityProvider?: string | undefined;
  /** The protocol's id at Keystone, such as `"openid"`. */
  readonly protocol: string;
  /**
   * The address that takes the form. It must be in Keystone's `[federation] trusted_dashboard`,
   * character by character: one slash too many, and the person ends up on an error page of Keystone.
   */
  readonly origin: string | URL;
}

const names: readonly (keyof WebSso)[] = ["authUrl", "identityProvider", "protocol", "origin"];

/**
 * Makes the address to send a browser to (WebSSO). From there a person signs in at the identity
 * provider; Keystone then has the browser post a form with the token to `origin`, which `readWebSso()`
 * reads.
 *
 * Navigate the whole window there (`location.assign()`, a 303): neither `fetch` nor an iframe works.
 *
 * @throws {OptionsError} for an option that is missing.
 * @see https://docs.openstack.org/keystone/latest/admin/federation/configure_federation.html
 * @example
 * const origin = "https://app.example/websso";
 * location.assign(webSso({ authUrl: "https://keystone.example:5000", protocol: "openid", origin }));
 */
export function webSso(options: WebSso): URL {
  expect(isRecord(options), "webSso", "an object");
  expectNames(options, names);
  const { authUrl, identityProvider, protocol, origin } = options;
  const segment = pathSegment(protocol, "webSso.protocol");
  readUrl("webSso.origin", origin);
  const path =
    identityProvider === undefined
      ? `websso/${segment}`
      : `identity_providers/${pathSegment(identityProvider, "webSso.identityProvider")}/protocols/${segment}/websso`;
  const url = new URL(`${v3Url(authUrl, "webSso.authUrl")}/auth/OS-FEDERATION/${path}`);
  // As it was given: Keystone compares characters, and URL would change some.
  url.searchParams.set("origin", String(origin));
  return url;
}
