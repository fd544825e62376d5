/** The stable word for each kind of error. */
export type KeystoneErrorCode =
  | "Keystone"
  | "BadRequest"
  | "Unauthorized"
  | "PasswordExpired"
  | "MultiFactorRequired"
  | "InvalidToken"
  | "Forbidden"
  | "NotFound"
  | "Conflict"
  | "RateLimit"
  | "Server"
  | "EndpointNotFound"
  | "Response"
  | "Transport"
  | "UntrustedOrigin"
  | "Options";

/** Why there was no reply, if the runtime says so; browsers never do. */
export type TransportReason =
  | "offline"
  | "dns"
  | "refused"
  | "tls"
  | "timeout"
  | "reset"
  /**
   * A redirect that can't be followed: a page does not learn where it leads, or the redirects never
   * end.
   */
  | "redirect";

/** What a reply says about a failure. */
export interface ErrorDetails {
  /** HTTP status of the reply, if there was one. */
  readonly status?: number | undefined;
  /** The reply's own title, such as `"Forbidden"`. */
  readonly title?: string | undefined;
  /** The server's words alone, without the address and status that `message` has. */
  readonly detail?: string | undefined;
  /** The request's id, by which an operator finds it in the logs. */
  readonly requestId?: string | undefined;
}

/** What the runtime said of a failure: its name, code and words, without any object of its own. */
export interface ErrorCause {
  readonly name: string;
  readonly code?: string | undefined;
  readonly message: string;
}

/** All that an error is made from. Each class declares the parts that it has. */
export interface AllDetails extends ErrorDetails {
  readonly reason?: TransportReason | undefined;
  readonly retryAfter?: number | undefined;
  readonly required?: readonly (readonly string[])[] | undefined;
  readonly query?: object | undefined;
  readonly available?: readonly string[] | undefined;
  readonly cause?: ErrorCause | undefined;
}
