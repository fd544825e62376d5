import { isKeystoneError } from "keystone-fetch";

/** What callers are told, by the error's code. Addresses and a server's words go to the log. */
const answers: Readonly<Record<string, readonly [status: number, message: string]>> = {
  Options: [500, "This Worker is not configured properly; its log says what is missing"],
  Unauthorized: [502, "Keystone does not accept this Worker's credentials"],
  PasswordExpired: [502, "Keystone does not accept this Worker's credentials"],
  MultiFactorRequired: [502, "Keystone does not accept this Worker's credentials"],
  Forbidden: [403, "This Worker's user may not do that"],
  NotFound: [404, "There is no such thing"],
  EndpointNotFound: [404, "There is no such service"],
  RateLimit: [503, "The cloud is busy"],
  Server: [502, "The cloud failed"],
  Transport: [503, "The cloud does not answer"],
};

/** An answer that is an error, as JSON. */
export function problem(status: number, code: string, message: string, headers = {}): Response {
  return Response.json(
    { error: { code, message } },
    { status, headers: { "Cache-Control": "no-store", ...headers } },
  );
}

/** Turns an error into an answer, and logs a line; the SDK keeps secrets out of it. */
export function problemOf(error: unknown): Response {
  if (!isKeystoneError(error)) {
    console.error(error);
    return problem(500, "Internal", "This Worker failed; its log says how");
  }
  const { name, code, requestId, retryAfter = 5 } = error as typeof error & { retryAfter?: number };
  console.error(`${name}: ${error.message}`, requestId ?? "");
  const [status, message] = answers[code] ?? [502, "The cloud gave an answer that is of no use"];
  const headers = {
    ...(status === 503 && { "Retry-After": `${retryAfter}` }),
    ...(requestId && { "X-Openstack-Request-Id": requestId }),
  };
  return problem(status, code, message, headers);
}
