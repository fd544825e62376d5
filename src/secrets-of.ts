import { attempt } from "./attempt.ts";
import { isRecord, textOf } from "./is-record.ts";
import { undoBase64, undoEscapes } from "./unescape.ts";

/** Keys whose values are secrets, wherever they occur: `adminPass`, `DBPassword`, `client_secret` … */
const secretKey =
  /pass|pwd|psk|secret|blob|payload|token|credential$|^identity$|(private|priv|api|access|auth|ssh|encryption).?key|assertion|saml|signature|sig$|authorization|cookie|user.?data|receipt|pw$|otp$|(^|_)pin$/i;

/** Keys that only say something about a secret. */
const harmlessKey = /(type|_at|key_id|encoding|expires|methods?)$/i;

/** Keys that name somebody or something beside a secret, as in `password: { user: { name } }`. */
const namingKey = /(^|_)(id|name|domain|user|project)$/;

/** A document or form that is longer is not searched for secrets. */
const maxBody = 1_000_000;

/** The secrets of a request, and whether all of it could be searched; if not, no words are shown. */
export interface Secrets {
  readonly values: readonly string[];
  readonly complete: boolean;
}

/** Collects the secrets of a request: from its headers, its query and its body. */
export function secretsOf(headers: Headers | undefined, url: string, body: unknown): Secrets {
  const values = new Set<string>();
  headers?.forEach((value, name) => {
    if (!/token|receipt|auth|pass|credential|signature|cookie|secret|key/i.test(name)) return;
    values.add(value);
    const [, scheme = "", credentials = ""] = /^(\w+) (.+)$/.exec(value) ?? [];
    values.add(credentials);
    // A server sees it decoded.
    if (/^basic$/i.test(scheme)) values.add(/:(.+)/.exec(undoBase64(credentials))?.[1] ?? "");
    // All values of a request, and of a reply the first: the others say how long it is good, and where.
    const cookie = { cookie: /=([^;]*)/g, "set-cookie": /^[^=]+=([^;]*)/g }[name];
    for (const [, one = ""] of cookie ? value.matchAll(cookie) : []) addPart(one, values);
  });
  collectFromForm(url.replace(/^[^?]*\??/, ""), values);
  const isSearched = collectFromText(textOfBody(body), values);
  values.delete("");
  // More can't be looked for in a server's words without holding somebody up.
  const isFew = values.size <= 2000 && [...values].join("").length <= 200_000;
  return { values: [...values], complete: isSearched && isFew };
}

/** A body as text: empty if it would mean reading a stream, and cut if it is too long anyway. */
function textOfBody(body: unknown): string {
  if (body instanceof FormData) return new URLSearchParams(textFields(body)).toString();
  if (typeof body === "string" || body instanceof URLSearchParams) return body.toString();
  const view = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  if (!ArrayBuffer.isView(view)) return "";
  const length = Math.min(view.byteLength, maxBody + 1);
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset, length));
}

function textFields(form: FormData): [string, string][] {
  return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
}

/**
 * A body is a document, a form, or anything that may be a secret as a whole or in any part: Barbican
 * accepts one as plain text.
 *
 * @returns whether all of it was searched
 */
function collectFromText(text: string, values: Set<string>): boolean {
  const isShort = text.length <= maxBody;
  const document: unknown = isShort ? attempt(() => JSON.parse(text)) : undefined;
  if (typeof document === "object") return collectFromValue(document, values, false);
  if (isShort && /^[^=&\s]+=[^=&\s]+(&[^=&\s]+=[^=&\s]*)*$/.test(text)) {
    collectFromForm(text, values);
    return true;
  }
  // A file's first bytes are no text; nobody repeats its words.
  const isFile = /[^\P{Cc}\s]/u.test(text.slice(0, 100));
  if (text.length > 50_000) return isFile;
  for (const layer of [text, undoEscapes(text)]) {
    values.add(layer.trim());
    if (!isFile) for (const part of layer.split(/[\s"'<>:=&]+/)) addPart(part, values);
  }
  return true;
}

/** Marks alone are parts of any text. */
function addPart(part: string, values: Set<string>): void {
  if (/[\p{L}\p{N}]/u.test(part)) values.add(part);
}

function collectFromForm(text: string, values: Set<string>): void {
  for (const [name, value] of new URLSearchParams(text)) {
    if (isSecretKey(name)) values.add(value);
  }
}

/**
 * @param isSecret whether the value stands below a secret's key
 * @returns whether all of it was searched
 */
function collectFromValue(
  value: unknown,
  values: Set<string>,
  isSecret: boolean,
  depth = 0,
): boolean {
  if (depth > 50) return false;
  const collect = (one: unknown, isOne: boolean) => collectFromValue(one, values, isOne, depth + 1);
  if (Array.isArray(value)) return value.every((one) => collect(one, isSecret));
  if (isRecord(value)) {
    // A patch, or a list of settings: `{ path: "/driver_info/ipmi_password", value }`.
    const isNamed = [value.path, value.name, value.key].some((one) => isSecretKey(textOf(one)));
    return Object.entries(value).every(([key, one]) => {
      const isNaming = namingKey.test(key) && typeof one !== "object";
      const isInner = isSecret && !isNaming && !harmlessKey.test(key);
      // The token method's payload: `token: { id }`.
      const id = key === "token" && isRecord(one) ? one.id : undefined;
      const isOne = isInner || isSecretKey(key) || (isNamed && key === "value");
      return collect(id, true) && collect(one, isOne);
    });
  }
  if (!isSecret || (typeof value !== "string" && typeof value !== "number")) return true;
  const text = String(value);
  values.add(text);
  // The blob of a credential is a document in a string, or an address: `otpauth://totp/…?secret=…`.
  collectFromForm(text.replace(/^[^?]*\??/, ""), values);
  const inner: unknown = attempt(() => JSON.parse(text));
  return typeof inner !== "object" || collect(inner, true);
}

/** Whether the value of this key is a secret. */
function isSecretKey(key: string): boolean {
  return secretKey.test(key) && !harmlessKey.test(key);
}
