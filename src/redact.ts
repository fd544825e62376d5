import { attempt } from "./attempt.ts";
import { isRecord } from "./is-record.ts";
import { control } from "./one-line.ts";

/** Keys whose values are secrets, wherever they occur: `adminPass`, `DBPassword`, `client_secret` … */
const secretKey =
  /pass|pwd|psk|secret|blob|payload|token|credential$|(private|priv|api|access|auth|ssh|encryption).?key|assertion|saml|signature|sig$|authorization|cookie|user.?data|receipt|pw$|otp$|(^|_)pin$/i;

/** Keys that only say something about a secret. */
const harmlessKey = /(type|_at|_id|encoding|expires|methods?)$/i;

/** Anything longer is not searched for secrets; then none of the server's words are shown. */
const maxBody = 1_000_000;

/** The secrets of a request, and whether all of it could be searched. */
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
    const credentials = /^\w+ (.+)$/.exec(value)?.[1];
    if (credentials) values.add(credentials);
    const password = passwordIn(value);
    if (password) values.add(password);
  });
  const [, query = ""] = url.split("?");
  collectFromForm(query, values);
  const text = bodyText(body);
  if (text === undefined) return { values: [...values], complete: false };
  collectFromText(text, values);
  values.delete("");
  return { values: [...values], complete: values.size <= 2000 };
}

/** The password in a header of Basic authentication, which a server sees decoded. */
function passwordIn(header: string): string | undefined {
  const [, encoded = ""] = /^basic (\S+)$/i.exec(header) ?? [];
  const pair = undoBase64(encoded) ?? "";
  return /^[^:]*:(.+)$/s.exec(pair)?.[1];
}

/**
 * A body as text: undefined for a document that is too long, empty for a file that is, or if it would
 * mean reading a stream.
 */
function bodyText(body: unknown): string | undefined {
  if (body instanceof FormData) return bodyText(new URLSearchParams(textFields(body)));
  if (typeof body === "string" || body instanceof URLSearchParams) {
    const text = body.toString();
    return text.length <= maxBody ? text : undefined;
  }
  if (!(body instanceof ArrayBuffer || ArrayBuffer.isView(body))) return "";
  if (body.byteLength <= maxBody) return new TextDecoder().decode(body);
  const [first] = ArrayBuffer.isView(body)
    ? new Uint8Array(body.buffer, body.byteOffset, 1)
    : new Uint8Array(body, 0, 1);
  return first === "{".charCodeAt(0) ? undefined : "";
}

function textFields(form: FormData): [string, string][] {
  return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
}

/** A body is JSON, a form, or a secret as a whole: Barbican accepts one as plain text. */
function collectFromText(text: string, values: Set<string>): void {
  const document: unknown = attempt(() => JSON.parse(text));
  if (document !== undefined) collectFromValue(document, values, false);
  else if (/^[^=\s]+=/.test(text)) collectFromForm(text, values);
  else if (text.length < 10_000) values.add(text.trim());
}

function collectFromForm(text: string, values: Set<string>): void {
  for (const [name, value] of new URLSearchParams(text)) {
    if (isSecretKey(name)) values.add(value);
  }
}

/**
 * Keys that name somebody or something inside a secret's value, as in `password: { user: { name } }`.
 */
const namingKey = /^(id|name|domain|user|project)$/;

/** @param isSecret whether the value stands below a secret's key */
function collectFromValue(value: unknown, values: Set<string>, isSecret: boolean, depth = 0): void {
  if (depth > 50) return;
  if (Array.isArray(value)) {
    for (const one of value) collectFromValue(one, values, isSecret, depth + 1);
  } else if (isRecord(value)) {
    for (const [key, one] of Object.entries(value)) {
      const isInner = isSecret && !namingKey.test(key) && !harmlessKey.test(key);
      // The token method's payload: `token: { id }`.
      if (key === "token" && isRecord(one)) collectFromValue(one.id, values, true, depth + 1);
      collectFromValue(one, values, isSecretKey(key) || isInner, depth + 1);
    }
  } else if (isSecret && (typeof value === "string" || typeof value === "number")) {
    values.add(String(value));
    // The blob of a credential is a JSON document in a string.
    const inner =
      typeof value === "string" && value.startsWith("{")
        ? attempt(() => JSON.parse(value))
        : undefined;
    if (inner !== undefined) collectFromValue(inner, values, true, depth + 1);
  }
}

/** Whether the value of this key is a secret. */
function isSecretKey(key: string): boolean {
  return secretKey.test(key) && !harmlessKey.test(key);
}

/** What replaces words that repeat a secret. */
const repeated = "the reply repeats a secret or password [redacted]";

/** Fernet and JWS tokens, no matter whose. */
const tokens = /gAAAA[\w=-]{20,}|eyJ[\w-]{9,500}\.[\w.-]+/g;

/**
 * A server's words, fit to be shown: cut, without markup and control characters, and left out
 * altogether if they repeat a secret in any form.
 */
export function showWords(words: string, secrets: Secrets): string {
  const raw = words.slice(0, 8000);
  const shown = raw
    .slice(0, 4000)
    .replace(/<(style|script)\b.*?(<\/\1>|$)/gis, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(tokens, "[redacted]")
    .replace(control, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
  if (shown === "") return shown;
  const repeats = [raw, shown].some((text) => repeatsSecret(text, secrets.values));
  return repeats || !secrets.complete ? repeated : shown;
}

/** A text in which no token can be read. */
export function withoutTokens(text: string): string {
  return text.replace(tokens, "[redacted]");
}

/** Whether a text repeats one of these secrets: as it is, escaped, encoded or in other case. */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false;
  const forms = decodedForms(text.slice(0, 8000));
  const words = new Set(forms.flatMap((form) => form.split(/[^\p{L}\p{N}]+/u)));
  return secrets.some((secret) => {
    const folded = fold(secret);
    if (folded === "") return false;
    // A short one occurs in any text: it counts only as a whole word.
    if (secret.length < 4) return words.has(folded);
    // A server may cut a long one short.
    const parts = folded.length < 16 ? [folded] : [folded.slice(0, 12), folded.slice(-12)];
    return forms.some((form) => parts.some((part) => form.includes(part)));
  });
}

/** Without what a server may change when it repeats a text: case, and white space. */
const fold = (text: string) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

/** A text as it is and with its escapes undone, which may be several layers deep. */
function decodedForms(text: string): string[] {
  const forms = new Set([text]);
  let layer = text;
  for (let depth = 0; depth < 3; depth++) {
    layer = undoEscapes(layer);
    forms.add(layer);
    forms.add(layer.replaceAll("+", " "));
  }
  for (const word of text.match(/[\w+/-]{6,}={0,2}/g) ?? []) {
    const bytes = undoBase64(word);
    if (bytes !== undefined) forms.add(bytes);
  }
  return [...forms].map(fold);
}

/** `\\u0041`, `\\x41`, `&#65;`, `&#x41;` and `%41` are all an A, as `\\"` and `&quot;` are a quote. */
function undoEscapes(text: string): string {
  return (
    text
      .replace(/\\u([\da-f]{4})|&#x([\da-f]{1,6});/gi, (_, one, other) => {
        return fromCode(Number.parseInt(one ?? other, 16));
      })
      // The bytes of UTF-8, or single letters.
      .replace(/(?:\\x[\da-f]{2})+/gi, (run) => fromBytes(run.replace(/\\x/gi, "%")))
      .replace(/&#(\d{1,7});/g, (_, code) => fromCode(Number(code)))
      .replace(/&(amp|lt|gt|quot|apos|nbsp);/gi, (_, name) => entities[name.toLowerCase()] ?? "")
      .replace(/\\(.)/g, "$1")
      .replace(/(?:%[\da-f]{2})+/gi, fromBytes)
  );
}

/** `%c3%a4` or, in an older encoding, `%e4`. */
function fromBytes(run: string): string {
  const letters = run.replace(/%(..)/g, (_, code) => fromCode(Number.parseInt(code, 16)));
  return attempt(() => decodeURIComponent(run)) ?? letters;
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function undoBase64(word: string): string | undefined {
  const binary = attempt(() => atob(word.replaceAll("-", "+").replaceAll("_", "/")));
  const bytes = binary && Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return bytes ? new TextDecoder().decode(bytes) : undefined;
}
