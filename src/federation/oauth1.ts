import { type AuthMethod, authMethod } from "../auth/method.ts";
import { expect, expectNames, expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { oauth1Header } from "./oauth1-header.ts";
import { readIssuedToken } from "./read-reply.ts";
import { sendAuthorized } from "./send-authorized.ts";
import { v3Url } from "./v3-url.ts";

/** A consumer, and what a user delegated to it. The names are keystoneauth's. */
export interface OAuth1 {
  /**
   * Keystone's address as Keystone itself sees it, since that is what is signed. Default: the
   * session's. Behind a proxy that changes the address it is another one.
   */
  readonly authUrl?: string | URL | undefined;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessKey: string;
  readonly accessSecret: string;
}

const names: readonly (keyof OAuth1)[] = [
  "authUrl",
  "consumerKey",
  "consumerSecret",
  "accessKey",
  "accessSecret",
];

/**
 * Authenticates with an access token of Keystone's OAuth 1 extension: what a user lets a consumer do
 * on one project. A session with it takes no `scope`, and its token can't be rescoped.
 *
 * From a page, Keystone's `[cors] allow_headers` must list `Authorization`.
 *
 * @throws {OptionsError} for an option that is missing.
 * @throws {UnauthorizedError} at a login, for a wrong key or secret, or where Keystone sees another
 *   address than the one that was signed.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#os-oauth1-api
 * @example
 * createSession({ authUrl, auth: oauth1({ consumerKey, consumerSecret, accessKey, accessSecret }) });
 */
export function oauth1(options: OAuth1): AuthMethod {
  expect(isRecord(options), "oauth1", "an object");
  expectNames(options, names);
  const { authUrl, consumerKey, consumerSecret, accessKey, accessSecret } = options;
  const seen = authUrl === undefined ? undefined : v3Url(authUrl, "oauth1.authUrl");
  const texts = { consumerKey, consumerSecret, accessKey, accessSecret };
  for (const [name, text] of Object.entries(texts)) {
    expectText(text, `oauth1.${name}`);
    // Half of a surrogate pair can't be written in a URL.
    expect(!/\p{Surrogate}/u.test(text), `oauth1.${name}`, "well-formed text");
  }
  return authMethod("oauth1", () => ({}), {
    identity: { consumerKey, accessKey },
    async obtain(send, context) {
      const url = `${seen ?? v3Url(context.authUrl, "authUrl")}/auth/tokens`;
      const reply = await sendAuthorized(send, {
        method: "POST",
        path: "auth/tokens",
        headers: { Authorization: await oauth1Header(url, texts) },
        json: { auth: { identity: { methods: ["oauth1"], oauth1: {} } } },
      });
      return readIssuedToken(reply, "auth/tokens");
    },
  });
}
