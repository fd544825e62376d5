import { base64 } from "./base64.ts";

/** The keys and secrets that a request is signed with. */
export interface OAuth1Keys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessKey: string;
  readonly accessSecret: string;
}

/**
 * The `Authorization` of a POST to this address, signed with HMAC-SHA1.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4
 */
export async function oauth1Header(url: string, keys: OAuth1Keys): Promise<string> {
  const fields: readonly (readonly [name: string, value: string])[] = [
    ["oauth_consumer_key", keys.consumerKey],
    ["oauth_nonce", nonce()],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(Date.now() / 1000))],
    ["oauth_token", keys.accessKey],
    ["oauth_version", "1.0"],
  ];
  // In the order of their names, as they are above; what is signed is encoded twice.
  const parameters = fields.map(([name, value]) => `${name}=${encode(value)}`).join("&");
  const signed = ["POST", url, parameters].map(encode).join("&");
  const key = [keys.consumerSecret, keys.accessSecret].map(encode).join("&");
  const signature = base64(await hmacSha1(key, signed));
  const list = [...fields, ["oauth_signature", signature] as const];
  return `OAuth ${list.map(([name, value]) => `${name}="${encode(value)}"`).join(", ")}`;
}

/** Keystone takes hexadecimal digits, and refuses a UUID's dashes. */
function nonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** As RFC 3986 has it, which leaves less as it is than `encodeURIComponent()`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function hmacSha1(key: string, text: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text)));
}
