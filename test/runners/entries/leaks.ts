/** Finds many secrets in many texts, each in every form in which it could get there. */

/** A text, and where it is from. */
export interface Shown {
  readonly where: string;
  readonly text: string;
}

/** A secret that was found in a text. */
export interface Leak {
  readonly where: string;
  /** The text before it, and its own beginning. */
  readonly excerpt: string;
}

/** Words that cases use as secrets, but that occur in every text. */
const words = new Set(["password", "secret", "s3cret"]);

/** Anything shorter would be found by chance; up to 8 letters, it has to be a whole word. */
const least = 6;

/** The beginning of a token is enough, since a text may have been cut. */
const part = 24;

/** Where three letters are noted in a table of a million. */
const mark = (text: string, at: number): number =>
  (text.charCodeAt(at) * 9973 + text.charCodeAt(at + 1) * 97 + text.charCodeAt(at + 2)) & 0xfffff;

export function createSearch() {
  const known = new Set<string>();
  /** By their first letters. */
  const needles = new Map<string, Set<string>>();
  /** Whether any needle begins with these letters: texts are long, and there are many needles. */
  const marks = new Uint8Array(0x100000);

  function add(needle: string): void {
    // Not the filler of a made-up token.
    if (needle.length < least || new Set(needle).size < 4) return;
    const start = needle.slice(0, least);
    const group = needles.get(start) ?? new Set();
    needles.set(start, group.add(needle));
    marks[mark(needle, 0)] = 1;
  }

  return {
    /** Adds a secret: as it is, as in JSON, as in a URL, in Base64, and its beginning. */
    know(secret: string): void {
      if (known.has(secret) || words.has(secret)) return;
      known.add(secret);
      add(secret);
      add(JSON.stringify(secret).slice(1, -1));
      add(encodeURIComponent(secret));
      add(btoa(String.fromCharCode(...new TextEncoder().encode(secret))));
      if (secret.length > part) add(secret.slice(0, part));
    },
    known: () => known.size,
    /** The first secret in a text. */
    find({ where, text }: Shown): Leak | undefined {
      for (let at = 0; at + least <= text.length; at++) {
        if (!marks[mark(text, at)]) continue;
        for (const needle of needles.get(text.slice(at, at + least)) ?? []) {
          if (!text.startsWith(needle, at)) continue;
          const around = `${text[at - 1] ?? ""}${text[at + needle.length] ?? ""}`;
          if (needle.length < 8 && /\w/.test(around)) continue;
          return { where, excerpt: text.slice(Math.max(0, at - 60), at + 30) };
        }
      }
      return undefined;
    },
  };
}
