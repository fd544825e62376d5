import { attempt } from "./attempt.ts";

/** A text as it is, and with its escapes undone, which may be several layers deep. */
export function readingsOf(text: string): string[] {
  const readings = new Set([text]);
  let layer = text;
  for (let depth = 0; depth < 3; depth++) {
    layer = undoEscapes(layer);
    readings.add(layer);
  }
  // A mail's escapes come apart from the others, since `key=abc` has none.
  readings.add(layer.replace(/(?:=[\da-f]{2})+/gi, fromBytes));
  return [...readings];
}

/** `\\u0041`, `\\x41`, `\\101`, `&#65;`, `&#x41;` and `%41` are all an A, as `\\"` is a quote. */
export function undoEscapes(text: string): string {
  return (
    text
      .replace(/(?:\\u\{|\\U|&#[xX])([\da-fA-F]{1,8})[};]?|\\u([\da-fA-F]{4})/g, (_, one, other) =>
        fromCode(Number.parseInt(one ?? other, 16)),
      )
      .replace(/&#(\d{1,9});?/g, (_, code) => fromCode(Number(code)))
      // The bytes of UTF-8, or single letters.
      .replace(/(?:\\[0-3]?[0-7]{1,2})+/g, (run) =>
        fromBytes(run.replace(/\\(\d+)/g, (_, code) => toHex(Number.parseInt(code, 8)))),
      )
      .replace(/(?:(?:%|\\x)[\da-f]{2})+/gi, fromBytes)
      .replace(/&lt;/gi, "<")
      .replace(/&gt;/gi, ">")
      .replace(/&amp;/gi, "&")
      .replace(marks, " ")
      .replace(/\\(.)/g, "$1")
  );
}

/** What stands between words; an entity that no page needs for that may be a letter. */
const marks = /\\[nrtbfv]|&(quot|apos|nbsp|shy|[lr][sd]quo|[mn]dash|hellip|copy|middot);/gi;

/** `%c3%a4`, `\\xc3\\xa4`, `=c3=a4` or `c3a4`; or, in an older encoding, `%e4`. */
export function fromBytes(run: string): string {
  const codes = run.match(/[\da-f]{2}/gi) ?? [];
  return (
    attempt(() => decodeURIComponent(`%${codes.join("%")}`)) ??
    codes.map((code) => fromCode(Number.parseInt(code, 16))).join("")
  );
}

const toHex = (code: number) => code.toString(16).padStart(2, "0");

const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : "");

/** What all the base64 in a text says, wherever it begins and however it is broken in lines. */
export function undoBase64(text: string): string {
  const digits = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/[^\w+/]/g, "");
  const readings = [0, 1, 2, 3].map((start) => {
    // A single digit at the end says nothing.
    const end = (digits.length - start) % 4 === 1 ? -1 : digits.length;
    const binary = attempt(() => atob(digits.slice(start, end))) ?? "";
    return new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)));
  });
  return readings.join("\n");
}
