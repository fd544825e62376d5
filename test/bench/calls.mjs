/** What a call, a look-up, a login and a list cost, each beside what it is made of. */
import { median, ratio } from "./measure.mjs";
import { measureIn } from "./runtimes.mjs";

const ways = ["fetch", "session.fetch", "ky", "service()"];
const groups = [ways, ways.map((name) => `${name} alone`), ["call/10", "call/10000"]];
groups.push(["look-up/10", "look-up/10000"], ["first look-up/10", "first look-up/10000"]);
groups.push(["parse token/10000", "login/10000"], ["parse users/100000", "users.list()/100000"]);

/** What it is called, which subject it is, beside which, and at most. @type {[string, string, string, number?][]} */
const compared = [
  ["`session.fetch` beside fetch, at a local server", "session.fetch", "fetch", 1.1],
  ["`service()` beside ky, at a local server", "service()", "ky", 1.1],
  ["`session.fetch` beside a fetch that answers at once", "session.fetch alone", "fetch alone"],
  ["`service()` beside ky, both with that fetch", "service() alone", "ky alone"],
  ["a call with 10,000 endpoints beside one with 10", "call/10000", "call/10", 1.1],
  ["a login with 10,000 endpoints beside its JSON.parse", "login/10000", "parse token/10000", 2.5],
  ["100,000 users beside their JSON.parse", "users.list()/100000", "parse users/100000", 1.5],
];

/** @type {{ what: string, name: string, goal?: number }[]} */
const single = [
  ...ways.map((name) => ({ what: `a call by \`${name}\`, at a local server`, name })),
  ...ways.map((name) => ({
    what: `a call by \`${name}\`, with a fetch that answers at once`,
    name: `${name} alone`,
  })),
  { what: "a look-up among 10 endpoints", name: "look-up/10", goal: 2 },
  { what: "a look-up among 10,000 endpoints", name: "look-up/10000", goal: 2 },
  { what: "the first look-up among 10 endpoints", name: "first look-up/10" },
  { what: "the first look-up among 10,000 endpoints", name: "first look-up/10000" },
];

/** @param {import("./cli.mjs").Options} options */
export async function calls({ pace, say }) {
  const figures = [];
  for (const where of ["node", "deno", "chromium", "workerd"]) {
    say(`calls in ${where} …`);
    const samples = await measureIn(where, groups, pace);
    for (const [what, of, beside, goal] of compared) {
      figures.push({ where, what, value: ratio(samples, of, beside), unit: "×", goal });
    }
    for (const { what, name, goal } of single) {
      figures.push({ where, what, value: 1000 * median(samples[name]), unit: "µs", goal });
    }
  }
  say("calls in node, by the processor's time …");
  const samples = await measureIn("processor", [ways], pace);
  for (const name of ways) {
    const what = `processor time of a call by \`${name}\`, at a local server`;
    figures.push({ where: "node", what, value: median(samples[name]), unit: "ms" });
  }
  return figures;
}
