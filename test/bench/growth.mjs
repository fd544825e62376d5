/** How it grows, in Node and without a network: endpoints, users, concurrent calls, sessions. */
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { median } from "./measure.mjs";
import { measureIn, output } from "./runtimes.mjs";

const endpoints = [10, 100, 1000, 10_000];

/** The subject, its sizes, what it is called, at most. @type {[string, number[], string, number?][]} */
const all = [
  ["look-up", endpoints, "a look-up among # endpoints", 2],
  ["first look-up", endpoints, "the first look-up among # endpoints"],
  ["call", endpoints, "a call with # endpoints"],
  ["login", endpoints, "a login with # endpoints"],
];
/** Of these, what one of so many costs. @type {typeof all} */
const each = [
  ["users.list()", [100, 1000, 10_000, 100_000], "each of # users in a list"],
  ["calls at once", [1, 10, 100, 1000, 10_000], "each of # calls at once, with the login"],
  ["sessions", [1, 10, 100, 1000], "each of # sessions at once, with its login"],
];

/** @param {import("./cli.mjs").Options} options */
export async function growth({ pace, quick, say }) {
  say("growth …");
  const series = [...all, ...each];
  const groups = series.map(([name, sizes]) => sizes.map((size) => `${name}/${size}`));
  const samples = await measureIn("node", groups, pace);
  const times = series.flatMap(([name, sizes, what, goal], at) =>
    sizes.map((size) => {
      const count = at < all.length ? 1 : size;
      return told(what, size, (1000 * median(samples[`${name}/${size}`])) / count, "µs", goal);
    }),
  );
  say("memory …");
  const program = join(rootDir, "test/bench/memory.mjs");
  /** @type {[string, number, number, number?][]} */
  const heap = await output(process.execPath, ["--expose-gc", program, quick ? "100" : "1"]);
  return [
    ...times,
    ...heap.map(([what, size, value, goal]) => told(what, size, value, "MB", goal)),
  ];
}

/** @param {string} what @param {number} size @param {number} value @param {string} unit @param {number} [goal] */
function told(what, size, value, unit, goal) {
  return {
    where: "node",
    what: what.replace("#", size.toLocaleString("en")),
    value,
    unit,
    goal,
    size,
  };
}
