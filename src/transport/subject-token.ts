import type { KyInstance, Options } from "ky";
import { copyOf, InvalidTokenError, NotFoundError, ResponseError } from "../errors.ts";

/** Where Keystone is asked about a token, and the token itself. */
export interface SubjectToken {
  /** The path or the address of `auth/tokens`. */
  readonly url: string;
  readonly id: string;
}

/** Keystone's answer about a token. */
export interface SubjectAnswer {
  /** The body of GET /v3/auth/tokens; undefined after a DELETE. */
  readonly document: unknown;
  readonly response: Response;
}

/**
 * Asks Keystone about a token, or revokes it.
 *
 * @throws {InvalidTokenError} if the token is expired, revoked or unknown.
 * @throws {ResponseError} for a 404 that is not Keystone's: it says nothing about the token.
 */
export async function askAboutToken(
  client: KyInstance,
  method: "get" | "delete",
  { url, id }: SubjectToken,
  options: Options,
): Promise<SubjectAnswer> {
  let isJson = false;
  const headers = { ...(options.headers as Record<string, string>), "X-Subject-Token": id };
  const note = ({ response }: { response: Response }) => {
    isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  };
  try {
    const reply = client[method](url, { ...options, headers, hooks: { afterResponse: [note] } });
    // The response's own json() has no deadline.
    const document: unknown = method === "get" ? await reply.json() : undefined;
    return { document, response: await reply };
  } catch (error) {
    // Keystone answers 404 for a dead token, in JSON; "not found" would mislead people.
    if (!(error instanceof NotFoundError)) throw error;
    if (isJson) throw copyOf(error, `The token is not valid: ${error.message}`, InvalidTokenError);
    throw copyOf(error, `${error.message}. Is this the address of a Keystone?`, ResponseError);
  }
}
