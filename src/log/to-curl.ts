import { attempt } from "../attempt.ts";
import { oneLine } from "../one-line.ts";
import { parseUrl } from "../parse-url.ts";
import { withoutTokens } from "../redact.ts";
import { digest } from "../stores/digest.ts";

/** Tokens are shown as hashes, as by `openstack --debug`: one can see whether two are the same. */
const tokenHeader = /^x-(auth|subject|service|storage)-token$/;

/** Headers that hold no secret. Of every other one the name alone is shown. */
const plainHeader =
  /^(accept(-.*)?|access-control-.*|allow|cache-control|connection|content-(type|length|range|encoding)|date|retry-after|if-.*|etag|range|server|user-agent|vary|www-authenticate|x-trans-id|x-(.+-)?request-id|(openstack|x-openstack-nova)-api-version|openstack-identity-access-rules)$/;

/** What is shown in place of a hidden value. */
const hidden = "…";

/**
 * Writes a request as the command that `openstack --debug` shows: `curl -g -i -X GET 'https://…'`. A
 * token is shown as its SHA-256 hash; the values in the query, the body, and the headers that may hold
 * a secret are left out.
 *
 * @example
 * console.log(await toCurl("https://nova.example/v2.1/servers", { headers: { Accept: "text/plain" } }));
 */
export async function toCurl(
  input: string | URL | Request,
  options?: RequestInit,
): Promise<string> {
  const init = options ?? {};
  const request = input instanceof Request ? input : undefined;
  const method = init.method ?? request?.method ?? "GET";
  // The runtime's own error would repeat a header that it refuses.
  const headers = attempt(() => new Headers(init.headers ?? request?.headers)) ?? new Headers();
  const body = init.body ?? (request && bodyOf(request));
  const words = [
    "curl -g -i -X",
    oneLine(method),
    quoted(addressOf(request?.url ?? String(input))),
  ];
  for (const header of await shownHeaders(headers)) words.push("-H", quoted(header));
  if (body !== undefined && body !== null) words.push("-d", quoted(hidden));
  return words.join(" ");
}

/** Firefox does not show a Request's body; but a Request with a body has a type. */
function bodyOf({ body, headers }: Request): unknown {
  return body === undefined ? headers.get("Content-Type") : body;
}

/** `Name: value`, without secrets. */
export async function shownHeaders(headers: Headers): Promise<string[]> {
  return Promise.all(
    [...headers].map(async ([name, value]) => `${name}: ${await shown(name, value)}`),
  );
}

async function shown(name: string, value: string): Promise<string> {
  if (plainHeader.test(name)) return oneLine(value);
  // A page has no WebCrypto but over https.
  const isHashed = tokenHeader.test(name) && globalThis.crypto?.subtle;
  return isHashed ? `{SHA256}${await digest(value)}` : hidden;
}

/** Without user and password; of the query, only the names that have a value. */
function addressOf(address: string): string {
  const url = parseUrl(address, globalThis.location?.href);
  if (!url) return hidden;
  const query = [...url.searchParams]
    .map(([name, value]) => (value ? `${encodeURIComponent(name)}=${hidden}` : hidden))
    .join("&");
  return `${url.origin}${withoutTokens(url.pathname)}${query && `?${query}`}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
