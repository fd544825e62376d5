import type {
  AllDetails,
  ErrorCause,
  ErrorDetails,
  KeystoneErrorCode,
  TransportReason,
} from "./error-details.ts";
import { oneLine } from "./one-line.ts";

/** Marks our errors across realms and copies of the package, where `instanceof` fails. */
const brand = Symbol.for("keystone-fetch");

/**
 * Base class of every error of this package. There is a subclass for each failure that callers treat
 * differently; any other status of a reply is a plain `KeystoneError`.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#http-status-codes
 */
export class KeystoneError extends Error implements ErrorDetails {
  readonly code: KeystoneErrorCode = "Keystone";
  declare readonly status?: number;
  declare readonly title?: string;
  declare readonly detail?: string;
  declare readonly requestId?: string;

  constructor(message: string, { cause, ...details }: AllDetails = {}) {
    super(oneLine(message), cause && { cause });
    for (const [name, value] of Object.entries(details)) {
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  static {
    // On the prototypes, so that the stack begins with the name.
    Object.assign(this.prototype, { name: "KeystoneError", [brand]: true });
  }
}

/** 400: the server does not accept the request; `detail` says why. */
export class BadRequestError extends KeystoneError {
  override readonly code = "BadRequest" as const;
  static {
    this.prototype.name = "BadRequestError";
  }
}

/**
 * 401: the credentials were refused, or there is no live token. Keystone never says which it was: a
 * wrong secret, an unknown or disabled user, an unknown scope, or no role on it. If a login with
 * `scope: "unscoped"` works, it is the scope.
 */
export class UnauthorizedError extends KeystoneError {
  override readonly code = "Unauthorized" as const;
  static {
    this.prototype.name = "UnauthorizedError";
  }
}

/** 401: the password is right, but has expired. Change it with `users.changePassword()`. */
export class PasswordExpiredError extends KeystoneError {
  override readonly code = "PasswordExpired" as const;
  static {
    this.prototype.name = "PasswordExpiredError";
  }

  /** The id of the user, if Keystone's words give it. */
  get userId(): string | undefined {
    return /for user: ([\w-]+)/.exec(this.detail ?? "")?.[1];
  }
}

/**
 * 401: the methods were accepted, but the user's rules require more. Call `authenticate()` with the
 * missing methods and this `receipt`.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#multi-step-authentication
 */
export class MultiFactorRequiredError extends KeystoneError {
  override readonly code = "MultiFactorRequired" as const;
  /** The method names of each rule that would do, as in `[["password", "totp"]]`. */
  declare readonly required: string[][];
  readonly #receipt: string;
  static {
    this.prototype.name = "MultiFactorRequiredError";
  }

  constructor(
    message: string,
    { receipt = "", ...details }: AllDetails & { receipt?: string } = {},
  ) {
    super(message, details);
    this.#receipt = receipt;
  }

  /** Proof of the methods accepted so far. A secret: no log and no JSON shows it. */
  get receipt(): string {
    return this.#receipt;
  }
}

/** A token that was presented has expired, was revoked, or is none: its owner must log in again. */
export class InvalidTokenError extends KeystoneError {
  override readonly code = "InvalidToken" as const;
  static {
    this.prototype.name = "InvalidTokenError";
  }
}

/** 403: the token is valid, but the policy does not allow the request: another role is needed. */
export class ForbiddenError extends KeystoneError {
  override readonly code = "Forbidden" as const;
  static {
    this.prototype.name = "ForbiddenError";
  }
}

/** 404: it does not exist, or this user may not know that it does. */
export class NotFoundError extends KeystoneError {
  override readonly code = "NotFound" as const;
  static {
    this.prototype.name = "NotFoundError";
  }
}

/** 409: the name is taken, or what should be deleted is in use. */
export class ConflictError extends KeystoneError {
  override readonly code = "Conflict" as const;
  static {
    this.prototype.name = "ConflictError";
  }
}

/** 429, or Swift's 498: too many requests, even after retrying. Wait `retryAfter` seconds. */
export class RateLimitError extends KeystoneError {
  override readonly code = "RateLimit" as const;
  /** Seconds to wait; absent if the server does not say, or if CORS hides it. */
  declare readonly retryAfter?: number;
  static {
    this.prototype.name = "RateLimitError";
  }
}

/** 500 and above: the server failed, even after retrying. */
export class ServerError extends KeystoneError {
  override readonly code = "Server" as const;
  /** Seconds to wait, if the server says so. */
  declare readonly retryAfter?: number;
  static {
    this.prototype.name = "ServerError";
  }
}

/**
 * The catalog has no such endpoint, or the endpoint no such version; the message lists what there is.
 */
export class EndpointNotFoundError extends KeystoneError {
  override readonly code = "EndpointNotFound" as const;
  /** What was asked for. */
  declare readonly query: object;
  /** What there is. */
  declare readonly available: readonly string[];
  static {
    this.prototype.name = "EndpointNotFoundError";
  }
}

/** A reply that isn't Keystone's. The message says what was expected, and where, but not what came. */
export class ResponseError extends KeystoneError {
  override readonly code = "Response" as const;
  static {
    this.prototype.name = "ResponseError";
  }
}

/** No reply: offline, refused, timed out, or blocked by CORS. In a page, `diagnose()` says why. */
export class TransportError extends KeystoneError {
  override readonly code = "Transport" as const;
  declare readonly reason?: TransportReason;
  static {
    this.prototype.name = "TransportError";
  }
}

/** The token was not sent: the origin is not Keystone's, the catalog's or in `trustedOrigins`. */
export class UntrustedOriginError extends KeystoneError {
  override readonly code = "UntrustedOrigin" as const;
  static {
    this.prototype.name = "UntrustedOriginError";
  }
}

/** An option is wrong: the message names it and what was expected. Nothing was sent. */
export class OptionsError extends KeystoneError {
  override readonly code = "Options" as const;
  static {
    this.prototype.name = "OptionsError";
  }
}

/** Every error of this package: `error.code === "RateLimit"` narrows it to its class. */
export type AnyKeystoneError =
  | (KeystoneError & { readonly code: "Keystone" })
  | BadRequestError
  | UnauthorizedError
  | PasswordExpiredError
  | MultiFactorRequiredError
  | InvalidTokenError
  | ForbiddenError
  | NotFoundError
  | ConflictError
  | RateLimitError
  | ServerError
  | EndpointNotFoundError
  | ResponseError
  | TransportError
  | UntrustedOriginError
  | OptionsError;

/** A class of errors. */
type ErrorClass<E> = new (message: string, details: AllDetails) => E;

/** A copy of an error: for another caller, with another message, or of another class. */
export function copyOf<E extends KeystoneError>(
  error: KeystoneError,
  message: string = error.message,
  Class: ErrorClass<E> = error.constructor as ErrorClass<E>,
): E {
  const { code: _, ...details } = error;
  const receipt = error instanceof MultiFactorRequiredError ? { receipt: error.receipt } : {};
  return new Class(message, { ...details, ...receipt, cause: error.cause as ErrorCause });
}

/**
 * Whether an error is one of this package's, even from another realm or another copy of the package.
 *
 * @example
 * try {
 *   await session.authenticate();
 * } catch (error) {
 *   if (!isKeystoneError(error)) throw error;
 *   if (error.code === "RateLimit") console.log(error.retryAfter);
 *   else console.log(error.code, error.status);
 * }
 */
export function isKeystoneError(error: unknown): error is AnyKeystoneError {
  return typeof error === "object" && error !== null && brand in error;
}
