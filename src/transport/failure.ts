import { isHTTPError, isTimeoutError, type NormalizedOptions } from "ky";
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
export function asKeystoneError(error: Error, options: NormalizedOptions): Error {
  if (isTimeoutError(error)) return new TransportError(`${place(error.request)}: timed out`);
  if (!isHTTPError(error)) return error;
  const { status, statusText, headers } = error.response;
  const { title = statusText, text } = readFault(error.data);
  const receipt = headers.get("Openstack-Auth-Receipt");
  const required = Object(error.data).required_auth_methods;
  const after = headers.get("Retry-After");
  const details = {
    status,
    title,
    requestId: headers.get("X-Openstack-Request-Id") ?? undefined,
    ...(after && { retryAfter: Number(after) || (Date.parse(after) - Date.now()) / 1000 }),
  };
  if (receipt && Array.isArray(required)) {
    return Object.defineProperty(
      new MultiFactorRequiredError(`More is required: ${required.join(" or ")}`, {
        ...details,
        required,
      }),
      "receipt",
      { value: receipt },
    );
  }
  return new (classes[status] ?? KeystoneError)(
    redact(
      `${place(error.request)}: ${status} ${title}${text && `: ${text}`}`,
      Object(options).body,
    ),
    details,
  );
}

/** A request by method and address, without the query: that may hold anything. */
export function place({ method, url }: Request): string {
  return `${method} ${url.split("?")[0]}`;
}

/**
 * The words of an error document: Keystone's and Heat's `error`, Placement's `errors`, Nova's and
 * Neutron's one key of any name, Flask's bare `message`; else the text of whatever page it is.
 */
function readFault(data: unknown): { title?: string | undefined; text: string } {
  const { message, error, errors } = Object(data);
  const fault =
    typeof data === "object" && data && !message
      ? (error ?? errors?.[0] ?? Object.values(data)[0])
      : data;
  const { title, message: words, detail } = Object(fault);
  const text = String(typeof fault === "string" ? fault : (words ?? detail ?? ""));
  return {
    title,
    text: text
      .replace(/<[^>]*>|\s+/g, " ")
      .trim()
      .slice(0, 300),
  };
}
