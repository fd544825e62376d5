import { isHTTPError, isTimeoutError } from "ky";
import { array, string } from "valibot";
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
import { redact, secretsIn } from "../redact.ts";
import { read } from "../wire/read.ts";
import { place } from "./guarded-fetch.ts";

/**
 * The border for everything that ky throws. Its errors carry the request's body and headers, so
 * they end here: status, words and request id go on, nothing else. What is not ky's (the caller's
 * own abort reason, our errors) passes untouched.
 */
export function asKeystoneError({ error, options }: { error: Error; options: object }): Error {
  // By their names ky's guards also take what is not ky's: `AbortSignal.timeout()` has a TimeoutError.
  if (!("request" in error)) return error;
  if (isTimeoutError(error)) return new TransportError(`${place(error.request)}: timed out`);
  if (!isHTTPError(error)) return error;
  const { response, request, data } = error;
  const { status, statusText, headers } = response;
  const secrets = [
    ...secretsIn(Object(options).body),
    ...[...request.headers].map(([name, value]) => (/token|receipt/.test(name) ? value : "")),
  ];
  const texts = textsIn(data, secrets);
  const title = texts.title ?? redact(statusText, secrets);
  const words = texts.message ?? texts.detail ?? texts.error_description ?? texts[""];
  const message = `${place(request)}: ${status} ${title}${words ? `: ${words}` : ""}`;
  const details = {
    status,
    title,
    requestId: /^req-[\da-f-]{36}$/.exec(headers.get("X-Openstack-Request-Id") ?? "")?.[0],
    retryAfter: waitOf(headers.get("Retry-After") || "unknown"),
  };
  const receipt = headers.get("Openstack-Auth-Receipt");
  if (receipt && status === 401) {
    const found = read(rules, Object(data).required_auth_methods, "a receipt's rules");
    const required = found.map((rule) => rule.map((method) => redact(method, secrets)));
    const more = new MultiFactorRequiredError(`${message}${required}`, { ...details, required });
    return Object.defineProperty(more, "receipt", { value: receipt });
  }
  const classes: Record<number, typeof KeystoneError> = {
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
  };
  return new (classes[status] ?? KeystoneError)(message, details);
}

/** The seconds of a Retry-After, which may be a date. */
function waitOf(after: string): number | undefined {
  const seconds = +after >= 0 ? +after : (Date.parse(after) - Date.now()) / 1000;
  return seconds < Infinity ? Math.max(seconds, 0) : undefined;
}

/**
 * The texts of an error document by their names, wherever they stand: below Keystone's `error`, in
 * Placement's `errors`, under Nova's and Neutron's one key of any name; "" is a page of any kind.
 */
function textsIn(data: unknown, secrets: string[]): Partial<Record<string, string>> {
  const texts: Record<string, string> = {};
  try {
    JSON.stringify(data, (key, value) => {
      if (typeof value === "string") {
        texts[key] ??= redact(value, secrets)
          .slice(0, 4000)
          .replace(/(<[^>]*>|\s)+/g, " ")
          .trim()
          .slice(0, 300);
      }
      return value;
    });
  } catch {
    // Nested deeper than the stack: what was found so far will do.
  }
  return texts;
}

const rules = array(array(string()));
