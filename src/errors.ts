/** Marks our errors across realms and copies of the package, where `instanceof` fails. */
const brand = Symbol.for("keystone-fetch");

/** What a server's answer tells about a failure. */
export interface ErrorDetails {
  /** HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** The answer's own word for it, such as `"Forbidden"`. */
  readonly title?: string | undefined;
  /** `X-Openstack-Request-Id`: what an operator finds the request by. */
  readonly requestId?: string | undefined;
}

/**
 * Every error of this package is one. The subclasses stand for what a caller treats differently;
 * an answer without a class of its own (400, 500 …) is a plain `KeystoneError` with its `status`.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#http-status-codes
 */
export class KeystoneError extends Error implements ErrorDetails {
  /** A stable word for the kind of error: the class's name without "Error". */
  readonly code: string;
  declare readonly status?: number;
  declare readonly title?: string;
  declare readonly requestId?: string;

  constructor(message: string, details: object = {}, cause?: unknown) {
    // Evidence that could hold a secret (ky's request, valibot's input) is never given as cause.
    super(message, cause ? { cause } : undefined);
    // Through JSON, which leaves out what is undefined.
    Object.assign(this, JSON.parse(JSON.stringify(details)));
    this.code = this.name.slice(0, -5);
  }

  static {
    // Names are on the prototypes, so that they are in `stack` from its first line on.
    Object.assign(this.prototype, { name: "KeystoneError", [brand]: true });
  }
}

/** 401: wrong password, disabled user, no role on the scope (Keystone never says which), dead token. */
export class UnauthorizedError extends KeystoneError {
  declare readonly code: "Unauthorized";
  static {
    this.prototype.name = "UnauthorizedError";
  }
}

/** 403: the token is good, the policy says no. The message names the rule where the server did. */
export class ForbiddenError extends KeystoneError {
  declare readonly code: "Forbidden";
  static {
    this.prototype.name = "ForbiddenError";
  }
}

/** 404: there is no such thing, or this user may not know that there is. */
export class NotFoundError extends KeystoneError {
  declare readonly code: "NotFound";
  static {
    this.prototype.name = "NotFoundError";
  }
}

/** 409: the name is taken, or the thing is in use. */
export class ConflictError extends KeystoneError {
  declare readonly code: "Conflict";
  static {
    this.prototype.name = "ConflictError";
  }
}

/** 429: too many requests, also after the retries. */
export class RateLimitError extends KeystoneError {
  declare readonly code: "RateLimit";
  /** Seconds to wait; absent where the server did not say, or CORS hides it. */
  declare readonly retryAfter?: number;
  static {
    this.prototype.name = "RateLimitError";
  }
}

/**
 * The methods given were right, but the user's rules ask for more: authenticate again with the
 * missing ones and this `receipt`.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#multi-step-authentication
 */
export class MultiFactorRequiredError extends KeystoneError {
  declare readonly code: "MultiFactorRequired";
  /** Proof of what was given so far. A secret, so it is not enumerable. */
  declare readonly receipt: string;
  /** The method names of each rule that could be met, as in `[["password", "totp"]]`. */
  declare readonly required: string[][];
  static {
    this.prototype.name = "MultiFactorRequiredError";
  }
}

/** There is no such endpoint, or no such version of it; the message lists what there is. */
export class EndpointNotFoundError extends KeystoneError {
  declare readonly code: "EndpointNotFound";
  /** What was asked for. */
  declare readonly query: object;
  /** What there is. */
  declare readonly available: readonly string[];
  static {
    this.prototype.name = "EndpointNotFoundError";
  }
}

/** A reply that isn't Keystone's. Says where it differs and what was expected, never the value. */
export class ResponseError extends KeystoneError {
  declare readonly code: "Response";
  static {
    this.prototype.name = "ResponseError";
  }
}

/** No answer: offline, refused, timed out, or a page that CORS keeps from reading it. */
export class TransportError extends KeystoneError {
  declare readonly code: "Transport";
  static {
    this.prototype.name = "TransportError";
  }
}

/** The token was about to leave for an origin that is neither Keystone's, the catalog's nor trusted. */
export class UntrustedOriginError extends KeystoneError {
  declare readonly code: "UntrustedOrigin";
  static {
    this.prototype.name = "UntrustedOriginError";
  }
}

/** A wrong option: named, with what was expected, before any request. */
export class OptionsError extends KeystoneError {
  declare readonly code: "Options";
  static {
    this.prototype.name = "OptionsError";
  }
}

/**
 * Whether an error is one of this package's, also one from another realm or another copy of it.
 *
 * @example
 * try {
 *   await session.authenticate();
 * } catch (error) {
 *   if (isKeystoneError(error)) console.log(error.code, error.status);
 *   else throw error;
 * }
 */
export function isKeystoneError(error: unknown): error is KeystoneError {
  return Object(error)[brand] === true;
}
