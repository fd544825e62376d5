export type { KyInstance } from "ky";
export { applicationCredential } from "./auth/application-credential.ts";
export type { Auth } from "./auth/auth-request.ts";
export type { AuthExchange, AuthMethod, IssuedToken, SendAuth } from "./auth/method.ts";
export { password } from "./auth/password.ts";
export { token } from "./auth/token.ts";
export { totp } from "./auth/totp.ts";
export type { ApiVersion } from "./catalog/api-version.ts";
export {
  type Catalog,
  type CatalogEndpoint,
  type CatalogService,
  regions,
  serviceTypes,
} from "./catalog/catalog.ts";
export type {
  EndpointInterface,
  EndpointQuery,
  ServiceDefaults,
} from "./catalog/endpoint-query.ts";
export { type Endpoint, findEndpoint, findEndpoints } from "./catalog/find-endpoint.ts";
export { type DiagnoseOptions, diagnose } from "./diagnose/diagnose.ts";
export type { Diagnosis, DiagnosisCode } from "./diagnose/diagnosis.ts";
export type {
  ErrorCause,
  ErrorDetails,
  KeystoneErrorCode,
  TransportReason,
} from "./error-details.ts";
export {
  type AnyKeystoneError,
  BadRequestError,
  ConflictError,
  EndpointNotFoundError,
  ForbiddenError,
  InvalidTokenError,
  isKeystoneError,
  KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  OptionsError,
  PasswordExpiredError,
  RateLimitError,
  ResponseError,
  ServerError,
  TransportError,
  UnauthorizedError,
  UntrustedOriginError,
} from "./errors.ts";
export type { DomainRef, NamedRef, Scope } from "./scope.ts";
export type { ScopeRecord } from "./session/available-scopes.ts";
export type { CallOptions, RevokeOptions, Session } from "./session/contract.ts";
export type { LoginOptions } from "./session/login.ts";
export type { SessionOptions } from "./session/options.ts";
export type { AuthProvider } from "./session/provider.ts";
export { createSession } from "./session/session.ts";
export {
  checkToken,
  revokeToken,
  type ValidateOptions,
  validateToken,
} from "./session/subject-tokens.ts";
export type { TokenStore } from "./session/token-store.ts";
export type { SessionState } from "./session/transition.ts";
export type { IdAndName, Token, TokenScope } from "./token.ts";
export { type DiscoverOptions, discover } from "./transport/discover.ts";
export type { Log, LogEntry, RequestKind } from "./transport/log-entry.ts";
