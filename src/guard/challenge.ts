import { isKeystoneError } from "../errors.ts";

/** Seconds after which to retry, if nobody says how long. */
const defaultWait = 10;

/** The header that says where to get tokens. */
export function wwwAuthenticate(uri: string): string {
  return `Keystone uri="${uri}"`;
}

/**
 * The response to a caller who could not be identified.
 *
 * @throws any error that is not ours: a mistake in the code, or the reason of an abort.
 */
export function challengeResponse(error: unknown, uri: string): Response {
  if (!isKeystoneError(error)) throw error;
  if (error.code === "InvalidToken") {
    return problem(401, "Unauthorized", "The request you have made requires authentication.", {
      "WWW-Authenticate": wwwAuthenticate(uri),
    });
  }
  const { retryAfter } = "retryAfter" in error ? error : {};
  return problem(503, "Service Unavailable", "The caller cannot be identified at the moment.", {
    "Retry-After": String(Math.ceil(retryAfter ?? defaultWait)),
  });
}

/** In the form of OpenStack's own errors; what went wrong internally is not disclosed. */
function problem(
  code: number,
  title: string,
  message: string,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(JSON.stringify({ error: { code, title, message } }), {
    status: code,
    statusText: title,
    headers: { "Content-Type": "application/json; charset=UTF-8", ...headers },
  });
}
