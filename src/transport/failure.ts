import { isHTTPError, isTimeoutError } from "ky";
import {
  ConflictError,
  ForbiddenError,
  KeystoneError,
  MultiFactorRequiredError,
  NotFoundError,
  RateLimitError,
  TransportError,
  UnauthorizedError,
} from "../errors.ts";
import { redact } from "../redact.ts";
import { place } from "./guarded-fetch.ts";

const classes: Readonly<Record<number, typeof KeystoneError>> = Object.freeze({
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
});

/**
 * The border for everything that ky throws. Its errors carry the request's body and headers, so
 * they end here: status, words and request id go on, nothing else. What is not ky's (the caller's
 * own abort reason, our errors) passes untouched.
 */
export function asKeystoneError(error: Error, options: object): Error {
  if (isTimeoutError(error)) return new TransportError(`${place(error.request)}: timed out`);
  if (!isHTTPError(error)) return error;
  const { status, statusText, headers } = error.response;
  const { title = statusText, text } = readFault(error.data);
  const message = `${place(error.request)}: ${status} ${title}${text && `: ${text}`}`;
  const details = {
    status,
    title,
    requestId: headers.get("X-Openstack-Request-Id") ?? undefined,
    retryAfter: Number(headers.get("Retry-After")) || undefined,
    required: Object(error.data).required_auth_methods,
  };
  const receipt = headers.get("Openstack-Auth-Receipt");
  return receipt
    ? Object.defineProperty(
        new MultiFactorRequiredError(`${message}: ${details.required}`, details),
        "receipt",
        { value: receipt },
      )
    : new (classes[status] ?? KeystoneError)(redact(message, Object(options).body), details);
}

/**
 * The words of an error document: Keystone's and Heat's `error`, Placement's `errors`, Nova's and
 * Neutron's one key of any name, Flask's bare `message`; else the text of whatever page it is.
 */
function readFault(data: unknown): { title?: string; text: string } {
  const { message, error, errors } = Object(data);
  const fault =
    message || typeof data !== "object" ? data : (error ?? Object.values(errors ?? data ?? {})[0]);
  const { title, message: words, detail } = Object(fault);
  const text = `${typeof fault === "string" ? fault : (words ?? detail ?? "")}`;
  return {
    title,
    text: text
      .replace(/<[^>]*>|\s+/g, " ")
      .trim()
      .slice(0, 300),
  };
}
