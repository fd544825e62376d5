import type { IssuedToken } from "../auth/method.ts";
import { ResponseError } from "../errors.ts";

/**
 * A reply's JSON.
 *
 * @throws {ResponseError} for anything else, such as a provider's login page.
 */
export async function readJson(reply: Response, what: string): Promise<unknown> {
  const text = await reply.text();
  try {
    return JSON.parse(text);
  } catch {
    const isPage = reply.headers.get("Content-Type")?.startsWith("text/html");
    const found = isPage ? "a web page" : `${text.length} characters`;
    throw new ResponseError(`${what}: ${reply.status} with ${found}, expected JSON`, {
      status: reply.status,
    });
  }
}

/**
 * The token in a reply of Keystone's: its id is in a header.
 *
 * @throws {ResponseError} if one of the two is missing.
 */
export async function readIssuedToken(reply: Response, what: string): Promise<IssuedToken> {
  const document = await readJson(reply, what);
  const id = reply.headers.get("X-Subject-Token");
  if (!id) {
    throw new ResponseError(
      `${what}: expected an X-Subject-Token. From a page: Keystone's [cors] expose_headers must list it`,
      { status: reply.status },
    );
  }
  return { id, document };
}
