/** Forms in which a hostile server repeats a secret, and ordinary words that are still shown. */
import { assert } from "chai";
import { showWords } from "../../src/redact.ts";
import { secretsOf } from "../../src/secrets-of.ts";
import type { Case } from "../case.ts";

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

const hexOf = (text: string, before = "") =>
  bytesOf(text)
    .map((byte) => before + byte.toString(16).padStart(2, "0"))
    .join("");

const base64Of = (text: string) => btoa(String.fromCharCode(...bytesOf(text)));

/** A password, and what a server makes of it. */
const forms: Record<string, readonly [password: string, words: string]> = {
  "with a tag in it": ["hunter2hunter9", "hunt<wbr>er2hunter9"],
  "with escaped tags in it": ["hunter2hunter9", "hunt&lt;wbr&gt;er2hunt&lt;b&gt;er9"],
  "within a tag": ["hunter2hunter9", '<input value="hunter2hunter9"> is bad'],
  "with a blank of no width": ["hunter2hunter9", "hunter2\u200bhunter9"],
  "with soft hyphens": ["hunter2hunter9", [..."hunter2hunter9"].join("\u00ad")],
  "with letters that nobody sees": ["hunter2hunter9", [..."hunter2hunter9"].join("\u3164")],
  "with blanks between": ["hunter2hunter9", [..."hunter2hunter9"].join(" ")],
  "with dots between": ["hunter2hunter9", [..."hunter2hunter9"].join(".")],
  "in a form, plus for blank": ["pa+ss wo1", "p=pa%2Bss+wo1"],
  "with named letters": ["pässwörd-x9", "p&auml;ssw&ouml;rd-x9"],
  "with named letters, twice": ["pässwörd-x9", "p&amp;auml;ssw&amp;ouml;rd-x9"],
  "without its accents": ["pässwörd-x9", "password-x9"],
  "in SQL": ["o'brien99", "o''brien99"],
  "in CSV": ['say "x9" aloud', '"say ""x9"" aloud"'],
  "cut short": ["hunter2hunter9", "hunter2hunt..."],
  "cut short, without digits": ["correctbattery", "correctbatt..."],
  "but for its first letters": ["hunter2hunter9", "...er2hunter9"],
  "in its middle alone": [`${"ab".repeat(30)}Qx81mwPz77${"cd".repeat(30)}`, "… Qx81mwPz77 …"],
  "in base64 after a slash": ["hunter2hunter9", `path/${base64Of("demo:hunter2hunter9")}`],
  "in base64 after a hyphen": ["hunter2hunter9", `x-${base64Of("hunter2hunter9")}`],
  "in base64 on several lines": [
    "hunter2hunter9",
    base64Of("user demo:hunter2hunter9").replace(/.{5}/g, "$&\r\n"),
  ],
  "in base64, twice": ["hunter2hunter9", base64Of(base64Of("hunter2hunter9"))],
  "in base64 of an address": ["~~~hunter2??>", base64Of("~~~hunter2??>").replaceAll("/", "_")],
  "in hex": ["hunter2hunter9", hexOf("hunter2hunter9")],
  "in hex, in capitals and after other letters": [
    "hunter2hunter9",
    `bad${hexOf("hunter2hunter9").toUpperCase()}`,
  ],
  "in hex of single bytes": ["hunter2hunter9", hexOf("hunter2hunter9", ", 0x")],
  "in hex with colons": ["hunter2hunter9", hexOf("hunter2hunter9", ":")],
  "as a mail writes it": ["hunter2hunter9", hexOf("hunter2hunter9", "=")],
  "as a mail writes a part of it": ["päss=wörd9", "p=C3=A4ss=3Dw=C3=B6=\r\nrd9"],
  "in escapes of letters": [
    "hunter2hunter9",
    [..."hunter2hunter9"].map((one) => `\\u{${one.charCodeAt(0).toString(16)}}`).join(""),
  ],
  "in long escapes": ["hunter2", "\\U00000068unter\\U00000032"],
  "in octal": [
    "hünter2hunter9",
    bytesOf("hünter2hunter9")
      .map((byte) => `\\${byte.toString(8)}`)
      .join(""),
  ],
  "in entities without their ends": [
    "hunter2hunter9",
    [..."hunter2hunter9"].map((one) => `&#${one.charCodeAt(0)}`).join(" "),
  ],
  "in wide letters": ["hunter2", "ｈｕｎｔｅｒ２"],
  "in capitals of ß": ["straße-x9", "STRASSE-X9"],
  "on lines that JSON escapes": ["hunter2 hunter9", "hunter2\\nhunter9"],
  "of marks": ["¡#%!", "it is ¡#%! there"],
  "of three, with a mark": ["p@1", "it is p@1"],
};

/** What services say, which has parts of secrets in it by chance. */
const ordinary = [
  "The request you have made requires authentication.",
  "Could not find user: demo.",
  "Could not find project: 5ad1d4bcdf0d4b0fa7bd8a2a3e0a2a11.",
  "You are not authorized to perform the requested action: identity:list_users.",
  "Conflict occurred attempting to store user - Duplicate entry found with name demo at domain ID default.",
  "Invalid input for field 'user/email': 12 is not of type 'string'",
  "The password does not match the requirements: at least 8 letters.",
  "R&amp;D &mdash; Caf\u00e9 &copy; 2026",
];

const cases: readonly Case[] = [
  ...Object.entries(forms).map(([how, [password, words]]) => ({
    name: `words that repeat a password ${how} are left out`,
    run() {
      const body = JSON.stringify({ user: { name: "demo", password } });
      const secrets = secretsOf(undefined, "http://a.example/", body);
      assert.match(showWords(`not good: ${words}`, secrets), /\[redacted\]$/);
    },
  })),
  {
    name: "ordinary words are shown for ordinary requests",
    run() {
      const headers = new Headers({ "X-Auth-Token": `gAAAAABn${"Qx7-_k2".repeat(25)}` });
      const passwords = ["horse requires staple", "MyPassword2024!", "hunter2", "Tr0ub4dor&3", "a"];
      for (const password of passwords) {
        const user = { name: "demo", domain: { id: "default" }, password };
        const identity = { methods: ["password"], password: { user } };
        const body = JSON.stringify({ auth: { identity, scope: { project: { name: "demo" } } } });
        const secrets = secretsOf(headers, "http://a.example/v3/auth/tokens", body);
        for (const words of ordinary) assert.equal(showWords(words, secrets), words);
      }
    },
  },
  {
    name: "a text that is made to be slow is not",
    run() {
      const password = "abcdefgh".repeat(20_000);
      const body = JSON.stringify({ password, more: { secret: "hunter2hunter9" } });
      const secrets = secretsOf(undefined, "http://a.example/", body);
      const parts = ["QUFB", "=41", "\\101", "4141", "&a", "x&", "\ufdfa", "<b>", "bcdefgha "];
      for (const part of parts) {
        const began = performance.now();
        showWords(part.repeat(300_000), secrets);
        // Milliseconds, where nothing else is busy.
        assert.isBelow(performance.now() - began, 1000, part);
      }
    },
  },
];

export default cases;
