import { oneLine } from "../one-line.ts";
import { parseUrl } from "../parse-url.ts";
import { repeatsSecret, withoutTokens } from "../redact.ts";
import type { Secrets } from "../secrets-of.ts";
import { digest } from "../stores/digest.ts";

/** Tokens are shown as hashes, as by `openstack --debug`: one can see whether two are the same. */
const tokenHeader = /^x-(auth|subject|service|storage)-token$/;

/** Headers that hold no secret. Of every other one the name alone is shown. */
const plainHeader =
  /^(accept(-.*)?|access-control-.*|allow|cache-control|connection|content-(type|length|range|encoding)|date|retry-after|if-.*|etag|range|server|user-agent|vary|www-authenticate|x-trans-id|x-(.+-)?request-id|(openstack|x-openstack-nova)-api-version|openstack-identity-access-rules)$/;

/** What is shown in place of a hidden value. */
export const hidden = "…";

/** More of a path or of a query is not shown: the search for tokens takes long in a long text. */
const longest = 2000;

/** `Name: value`, without secrets: neither those that a header is for, nor these. */
export async function shownHeaders(headers: Headers, secrets: Secrets): Promise<string[]> {
  return Promise.all(
    [...headers].map(async ([name, value]) => `${name}: ${await shown(name, value, secrets)}`),
  );
}

async function shown(name: string, value: string, secrets: Secrets): Promise<string> {
  if (plainHeader.test(name)) {
    const isSafe = secrets.complete && !repeatsSecret(value, secrets.values);
    return isSafe ? withoutTokens(oneLine(value)) : hidden;
  }
  // A page has no WebCrypto but over https.
  const isHashed = tokenHeader.test(name) && globalThis.crypto?.subtle;
  return isHashed ? `{SHA256}${await digest(value)}` : hidden;
}

/**
 * Without user and password, and without a path that repeats one of these secrets; of the query, only
 * the names that have a value.
 */
export function shownAddress(address: string, { values }: Secrets): string {
  const url = parseUrl(address, globalThis.location?.href);
  // What follows `data:` may be anything.
  if (!url || !/^https?:$/.test(url.protocol)) return hidden;
  const path = url.pathname.slice(0, longest);
  const shownPath = repeatsSecret(path, values) ? `/${hidden}` : withoutTokens(path);
  const query = [...new URLSearchParams(url.search.slice(0, longest))]
    .map(([name, value]) => shownParameter(name, value, values))
    .join("&");
  return `${url.origin}${shownPath}${query && `?${query}`}`;
}

/** A token without a name is read as a name, whose value is the rest of its padding. */
function shownParameter(name: string, value: string, secrets: readonly string[]): string {
  const isName = !/^=*$/.test(value) && withoutTokens(name) === name;
  return isName && !repeatsSecret(name, secrets) ? `${encodeURIComponent(name)}=${hidden}` : hidden;
}
