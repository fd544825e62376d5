import { control } from "./one-line.ts";
import type { Secrets } from "./secrets-of.ts";
import { fromBytes, readingsOf, undoBase64 } from "./unescape.ts";

/** What replaces words that repeat a secret. */
const repeated = "the reply repeats a secret or password [redacted]";

/** Fernet and JWS tokens, no matter whose. */
const tokens = /gAAAA[\w=-]{20,}|eyJ[\w-]{9,500}\.[\w.-]+/g;

const tags = /<[^<>]*>/g;

/**
 * A server's words, fit to be shown: cut, without markup and control characters, and left out
 * altogether if they repeat a secret in any form.
 */
export function showWords(words: string, secrets: Secrets): string {
  const raw = words.slice(0, 8000);
  const shown = raw
    .slice(0, 4000)
    .replace(/<(style|script)\b.*?(<\/\1>|$)/gis, " ")
    .replace(tags, " ")
    .replace(tokens, "[redacted]")
    .replace(control, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
  if (shown === "") return shown;
  const repeats = repeatsSecret(`${raw}\n${shown}`, secrets.values);
  return repeats || !secrets.complete ? repeated : shown;
}

/** A text in which no token can be read. */
export function withoutTokens(text: string): string {
  return text.replace(tokens, "[redacted]");
}

/** An entity that may be any letter. */
const unknownEntity = /&[a-z]\w+;/i;

/** Parts of a secret that are not counted among all that are looked for in vain. */
const maxNear = 1000;

/**
 * Whether a text repeats one of these secrets, or a part of it that tells much: as it is, escaped,
 * encoded, in other case, or with anything between its letters. So does a text that is too long to be
 * searched.
 */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false;
  const readings = readingsOf(text);
  if (text.length > 16_000 || unknownEntity.test(readings.at(-1) ?? "")) return true;
  const plain = [...new Set(readings.flatMap((one) => [one, one.replace(tags, "")]))].join("\n");
  const words = wordsIn(plain);
  const base64 = undoBase64(plain);
  const squashed = squash(plain + base64 + undoBase64(base64));
  const all = squashed + squash(undoHex(squashed));
  const windows = new Set<string>();
  for (let at = 0; at + 8 <= all.length; at++) windows.add(all.slice(at, at + 8));
  let near = 0;
  return secrets.some((secret) => {
    const letters = squash(secret);
    const marks = secret.trim();
    if (letters === "") return marks !== "" && plain.includes(marks);
    // A few letters occur in any text: they count only as a whole word.
    if (letters.length < 4) return words.includes(wordsIn(secret));
    if (letters.length < 8) return all.includes(letters);
    // Eight with a digit tell as much as more without: those are words of ordinary messages, too.
    const length = Math.max(8, Math.min(12, Math.ceil(letters.length * 0.7)));
    for (let at = 0; at + 8 <= letters.length; at++) {
      const part = letters.slice(at, at + 8);
      if (!windows.has(part)) continue;
      if (/\p{N}/u.test(part) || near++ > maxNear) return true;
      if (at + length <= letters.length && all.includes(letters.slice(at, at + length)))
        return true;
    }
    return false;
  });
}

/** Words alone, in one form of each letter: in capitals, those of ß are SS, and a Σ is one anywhere. */
const wordsIn = (text: string) => {
  const letters = text.normalize("NFKD").toLowerCase().toUpperCase();
  return ` ${letters.replace(/(?:[^\p{L}\p{N}]|\p{DI})+/gu, " ").trim()} `;
};

/** Letters and digits alone: so nothing between them counts. */
const squash = (text: string) => wordsIn(text).replaceAll(" ", "");

const undoHex = (squashed: string) =>
  (squashed.replaceAll("0X", "").match(/[\dA-F]{8,}/g) ?? [])
    .map((run) => `${fromBytes(run)}\n${fromBytes(run.slice(1))}`)
    .join("\n");
