import { looseObject, string } from "valibot";
import { type AuthMethod, authMethod } from "../auth/method.ts";
import { ResponseError } from "../errors.ts";
import { expect, expectText } from "../expect.ts";
import { isRecord } from "../is-record.ts";
import { isTokenId } from "../token.ts";
import { read } from "../wire/read.ts";
import { base64 } from "./base64.ts";
import { readJson } from "./read-reply.ts";
import { sendAuthorized } from "./send-authorized.ts";

const path = "OS-OAUTH2/token";
const grant = looseObject({ access_token: string() });

/**
 * Authenticates with an application credential through Keystone's own OAuth 2.0 (Zed and later): the
 * same login as `applicationCredential({ id, secret })`, by a standard protocol. A session with it
 * takes no `scope`.
 *
 * From a page, Keystone's `[cors] allow_headers` must list `Authorization`.
 *
 * @throws {OptionsError} without an id or a secret.
 * @throws {UnauthorizedError} at a login, for a wrong secret.
 * @throws {NotFoundError} at a login, for an unknown id, or a Keystone before Zed.
 * @see https://docs.openstack.org/api-ref/identity/v3-ext/#os-oauth2-api
 * @example
 * createSession({ authUrl, auth: oauth2ClientCredentials({ id: "ac-id", secret: "s3cret" }) });
 */
export function oauth2ClientCredentials(credential: {
  readonly id: string;
  readonly secret: string;
}): AuthMethod {
  const option = "oauth2ClientCredentials";
  expect(isRecord(credential), option, "an object");
  const { id, secret } = credential;
  expectText(id, `${option}.id`);
  expectText(secret, `${option}.secret`);
  // In a Basic header, the id ends at its first colon.
  expect(!id.includes(":"), `${option}.id`, "an id, without a colon");
  return authMethod("application_credential", () => ({}), {
    identity: { id },
    async obtain(send) {
      // As it is, not encoded as RFC 6749 §2.3.1 requires: Keystone does not decode it.
      const basic = base64(new TextEncoder().encode(`${id}:${secret}`));
      const reply = await sendAuthorized(send, {
        method: "POST",
        path,
        headers: {
          Accept: "application/json",
          Authorization: `Basic ${basic}`,
          "Content-Type": "application/x-www-form-urlencoded",
        },
        body: "grant_type=client_credentials",
      });
      const { access_token: token } = read(grant, await readJson(reply, path), "an access token");
      // A Headers object's own error would repeat what does not fit.
      expect(isTokenId(token), path, "an access token of one line", ResponseError);
      const headers = { "X-Auth-Token": token, "X-Subject-Token": token };
      const described = await send({ method: "GET", path: "auth/tokens", headers });
      return { id: token, document: await readJson(described, "auth/tokens") };
    },
  });
}
