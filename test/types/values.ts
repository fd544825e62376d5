/** The shapes of tokens, catalogs, methods and errors. */
import {
  type AnyKeystoneError,
  type AuthMethod,
  applicationCredential,
  type Catalog,
  type ConflictError,
  type Endpoint,
  type EndpointInterface,
  type EndpointNotFoundError,
  type EndpointQuery,
  type ForbiddenError,
  findEndpoint,
  isKeystoneError,
  KeystoneError,
  type MultiFactorRequiredError,
  type NotFoundError,
  OptionsError,
  password,
  RateLimitError,
  type ResponseError,
  type regions,
  type serviceTypes,
  type Token,
  type TransportError,
  token,
  UnauthorizedError,
  type UntrustedOriginError,
} from "keystone-fetch";
import { type Equals, is } from "./assert.ts";

declare const given: Token;
declare const catalog: Catalog;

// A token.
is<
  Equals<
    keyof Token,
    | "id"
    | "methods"
    | "user"
    | "scope"
    | "roles"
    | "catalog"
    | "issuedAt"
    | "expiresAt"
    | "auditIds"
    | "extra"
  >
>();
is<Equals<Token["id"], string>>();
is<Equals<Token["methods"], readonly string[]>>();
is<Equals<Token["user"]["domain"]["name"], string>>();
is<Equals<Token["roles"][number]["id"], string>>();
is<Equals<Token["issuedAt"], Date>>();
is<Equals<Token["expiresAt"], Date>>();
is<Equals<Token["auditIds"], readonly string[]>>();
is<Equals<Token["extra"][string], unknown>>();
is<Equals<Token["catalog"], Catalog>>();
// @ts-expect-error: it is read only
given.id = "another";
// @ts-expect-error: and so are its lists
given.roles.push({ id: "0a74", name: "admin" });
// @ts-expect-error: and its catalog
catalog[0] = catalog[1];

// A catalog, and what is found in it.
is<Equals<ReturnType<typeof findEndpoint>, Endpoint>>();
is<Equals<ReturnType<typeof serviceTypes>, string[]>>();
is<Equals<ReturnType<typeof regions>, string[]>>();
is<Equals<EndpointInterface, "public" | "internal" | "admin">>();
is<
  Equals<keyof EndpointQuery, "type" | "region" | "interface" | "name" | "version" | "microversion">
>();
is<Equals<keyof Endpoint, "id" | "type" | "name" | "interface" | "region" | "url">>();
is<Equals<Endpoint["region"], string | null>>();
is<Equals<Catalog[number]["endpoints"][number]["region"], string | null>>();
findEndpoint(catalog, "compute");
findEndpoint(given.catalog, { type: "compute", interface: ["internal", "public"] as const });

// Methods.
is<Equals<ReturnType<typeof password>, AuthMethod>>();
is<Equals<ReturnType<typeof token>, AuthMethod>>();
is<Equals<ReturnType<typeof applicationCredential>, AuthMethod>>();
const domain = { name: "Default" };
password({ id: "0a74", password: "s3cret" });
password({ name: "demo", domain, password: "s3cret" });
password({ name: "demo", domain: { id: "default" }, password: "s3cret" });
applicationCredential({ id: "0a74", secret: "s3cret" });
applicationCredential({ name: "ci", user: { id: "0a74" }, secret: "s3cret" });
applicationCredential({ name: "ci", user: { name: "demo", domain }, secret: "s3cret" });
// @ts-expect-error: a name means something only within its domain
password({ name: "demo", password: "s3cret" });
// @ts-expect-error: a domain is an id or a name
password({ name: "demo", domain: "Default", password: "s3cret" });
// @ts-expect-error: whose?
password({ password: "s3cret" });
// @ts-expect-error: no password
password({ id: "0a74" });
// @ts-expect-error: whose?
applicationCredential({ name: "ci", secret: "s3cret" });
// @ts-expect-error: no secret
applicationCredential({ id: "0a74" });
// @ts-expect-error: a token is its id
token({ id: "gAAAA" });

// Errors: a class is known by its code.
is<Equals<UnauthorizedError["code"], "Unauthorized">>();
is<Equals<ForbiddenError["code"], "Forbidden">>();
is<Equals<NotFoundError["code"], "NotFound">>();
is<Equals<ConflictError["code"], "Conflict">>();
is<Equals<RateLimitError["code"], "RateLimit">>();
is<Equals<MultiFactorRequiredError["code"], "MultiFactorRequired">>();
is<Equals<EndpointNotFoundError["code"], "EndpointNotFound">>();
is<Equals<ResponseError["code"], "Response">>();
is<Equals<TransportError["code"], "Transport">>();
is<Equals<UntrustedOriginError["code"], "UntrustedOrigin">>();
is<Equals<OptionsError["code"], "Options">>();
is<Equals<RateLimitError["retryAfter"], number | undefined>>();
is<Equals<MultiFactorRequiredError["receipt"], string>>();
is<Equals<MultiFactorRequiredError["required"], string[][]>>();
is<Equals<EndpointNotFoundError["available"], readonly string[]>>();

export function read(error: unknown): number | string | undefined {
  if (error instanceof RateLimitError) return error.retryAfter;
  if (!isKeystoneError(error)) return undefined;
  is<Equals<typeof error, AnyKeystoneError>>();
  is<Equals<typeof error.requestId, string | undefined>>();
  // @ts-expect-error: it is read only
  error.status = 200;
  return error.status ?? error.title ?? error.code;
}
export const classes: readonly (typeof KeystoneError)[] = [
  KeystoneError,
  UnauthorizedError,
  OptionsError,
];
