export { applicationCredential } from "./auth/application-credential.ts";
export type { AuthMethod } from "./auth/method.ts";
export { password } from "./auth/password.ts";
export { token } from "./auth/token.ts";
export {
  type Catalog,
  type CatalogEndpoint,
  regions,
  type Service,
  serviceTypes,
} from "./catalog/catalog.ts";
export {
  type Endpoint,
  type EndpointQuery,
  findEndpoint,
  type Interface,
} from "./catalog/find-endpoint.ts";
export type { Version } from "./catalog/version.ts";
export {
  ConflictError,
  EndpointNotFoundError,
  type ErrorDetails,
  ForbiddenError,
  isKeystoneError,
  KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  OptionsError,
  RateLimitError,
  ResponseError,
  TransportError,
  UnauthorizedError,
  UntrustedOriginError,
} from "./errors.ts";
export type { DomainRef, NamedRef, Scope } from "./scope.ts";
export type { LoginOptions } from "./session/login.ts";
export type { SessionOptions } from "./session/options.ts";
export {
  type CallOptions,
  createSession,
  type ScopeRecord,
  type Session,
} from "./session/session.ts";
export type { TokenStore } from "./session/store.ts";
export { checkToken, revokeToken, type ValidateOptions, validateToken } from "./session/tokens.ts";
export type { State } from "./session/transition.ts";
export type { Named, Token, TokenScope } from "./token.ts";
export { discover } from "./transport/discover.ts";
