/**
 * Nothing in the whole suite shows a secret: neither what its runtimes saw
 * (test/runners/entries/witness.ts), nor the addresses that the servers saw.
 */
import { readTestimonies } from "../runners/testimonies.mjs";

/** @typedef {import("../runners/entries/witness.ts").Testimony} Testimony */

/**
 * Every way in which the witness itself shows a secret: if it does not find one of these, it is blind.
 */
const planted = [
  "error KeystoneError: message",
  "error KeystoneError: stack",
  "error KeystoneError: title",
  "error KeystoneError: hidden",
  "error KeystoneError: JSON",
  "error KeystoneError: cause",
  "object: JSON",
  "console",
  "address",
];

/** @type {import("../runners/gates.mjs").Gate} */
export default async function secrets({ say, env }) {
  const all = await readTestimonies(env.control);
  const runtimes = [...new Set(all.map(({ runtime }) => runtime))];
  return [
    verdict("somebody watched", runtimes.length > 0 ? [] : ["nobody did"]),
    ...runtimes.flatMap((runtime) =>
      about(
        say,
        runtime,
        all.filter((one) => one.runtime === runtime),
      ),
    ),
    await addresses(env),
  ];
}

/** @param {(line: string) => void} say @param {string} runtime @param {Testimony[]} told */
function about(say, runtime, told) {
  const seen = { errors: 0, objects: 0, lines: 0, addresses: 0 };
  for (const one of told) {
    for (const kind of /** @type {(keyof typeof seen)[]} */ (Object.keys(seen))) {
      seen[kind] += one.seen[kind] ?? 0;
    }
  }
  const known = Math.max(...told.map(({ secrets }) => secrets));
  say(
    `${runtime}: ${known} secrets looked for in ${seen.errors} errors, ${seen.objects} tokens, states and methods, ${seen.lines} lines and ${seen.addresses} addresses of ${told.length} cases`,
  );
  const leaks = told.flatMap((one) => one.leaks.map((leak) => ({ ...leak, case: one.case })));
  const own = leaks.filter(({ excerpt }) => excerpt.includes("planted-secret"));
  const found = new Set(own.map(({ where }) => where));
  const finds = (/** @type {string} */ place) => own.filter(({ where }) => where === place).length;
  // In an error from the source, from the package, and from its one file; each page that ran cases
  // has its own.
  const pages = finds("address");
  const copies = finds("error KeystoneError: message");
  const shown = leaks.filter((leak) => !own.includes(leak));
  return [
    verdict(`${runtime}: a secret that is planted is found, in every place`, [
      ...planted.filter((where) => !found.has(where)),
      ...(copies === 3 * pages ? [] : [`${copies} of ${3 * pages} copies`]),
    ]),
    verdict(
      `${runtime}: there was enough to look through`,
      Object.entries({ ...seen, secrets: known })
        .filter(([kind, count]) => kind !== "lines" && count < 50)
        .map(([kind, count]) => `${count} ${kind}`),
    ),
    verdict(
      `${runtime}: no secret is shown`,
      [...new Set(shown.map(({ where }) => where))].map((where) => {
        const [first, ...others] = shown.filter((leak) => leak.where === where);
        const more = others.length > 0 ? ` (and ${others.length} times more)` : "";
        return `\n${where}, in "${first?.case}"${more}\n  … ${first?.excerpt} …`;
      }),
    ),
  ];
}

/** @param {Parameters<import("../runners/gates.mjs").Gate>[0]["env"]} env */
async function addresses({ control, accounts }) {
  /** @type {string[] | null} */
  const lines = await (await fetch(`${control}/requests`)).json();
  const passwords = Object.values(accounts).map(({ password }) => password);
  const telling = (lines ?? []).filter(
    (line) => /gAAAA/.test(line) || passwords.some((password) => line.includes(password)),
  );
  return verdict("no secret is in an address that reached the real servers", telling);
}

/** @param {string} name @param {string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join(", ") };
}
