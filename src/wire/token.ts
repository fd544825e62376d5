import { looseObject, minLength, pipe, string } from "valibot";

/**
 * What the SDK needs in the body of POST and GET /v3/auth/tokens. Everything else is read part by
 * part: real clouds omit, empty or break nearly every part of it.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export const tokenDocument = /* @__PURE__ */ tokenSchema();

/** In a function, so that a bundler can leave it out of an application without sessions. */
function tokenSchema() {
  return looseObject({
    token: looseObject({
      user: looseObject({ id: pipe(string(), minLength(1)) }),
      issued_at: string(),
      expires_at: string(),
    }),
  });
}
