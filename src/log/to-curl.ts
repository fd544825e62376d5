import { attempt } from "../attempt.ts";
import { oneLine } from "../one-line.ts";
import { secretsOf } from "../secrets-of.ts";
import { hidden, shownAddress, shownHeaders } from "./shown.ts";

/**
 * Writes a request as the command that `openstack --debug` shows: `curl -g -i -X GET 'https://…'`. A
 * token is shown as its SHA-256 hash; the values in the query, the body, the headers that may hold a
 * secret, and a path that repeats the request's token are left out.
 *
 * @example
 * console.log(await toCurl("https://nova.example/v2.1/servers", { headers: { Accept: "text/plain" } }));
 */
export async function toCurl(
  input: string | URL | Request,
  options?: RequestInit,
): Promise<string> {
  return curlOf(partsOf(input, options));
}

/** A request, however it was given to fetch. */
interface RequestParts {
  readonly method: string;
  readonly address: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What fetch would send. */
export function partsOf(input: string | URL | Request, options?: RequestInit): RequestParts {
  const init = options ?? {};
  const request = input instanceof Request ? input : undefined;
  return {
    method: init.method ?? request?.method ?? "GET",
    address: request?.url ?? String(input),
    // The runtime's own error would repeat a header that it refuses.
    headers: attempt(() => new Headers(init.headers ?? request?.headers)) ?? new Headers(),
    body: init.body ?? (request && bodyOf(request)),
  };
}

/** Firefox does not show a Request's body; but a Request with a body has a type. */
function bodyOf({ body, headers }: Request): unknown {
  return body === undefined ? headers.get("Content-Type") : body;
}

/** The command for a request. */
export async function curlOf({ method, address, headers, body }: RequestParts): Promise<string> {
  const secrets = secretsOf(headers, "", undefined);
  const words = ["curl -g -i -X", oneLine(method), quoted(shownAddress(address, secrets))];
  for (const header of await shownHeaders(headers, secrets)) words.push("-H", quoted(header));
  if (body !== undefined && body !== null) words.push("-d", quoted(hidden));
  return words.join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
