/**
 * What keystone-fetch costs, beside what it is made of and what else people use. For a quiet
 * machine; never a part of `npm test`.
 *
 *     npm run bench -- --only calls,growth   of: requests, cold-start, calls, growth, peers
 *     npm run bench -- --quick               a few rounds, to see that it works
 *     npm run bench -- --json FILE           default: .cache/bench/bench.json
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { stopAll } from "../runners/children.mjs";
import { ensureBuilt, rootDir } from "../runners/project.mjs";
import { calls } from "./calls.mjs";
import { coldStart } from "./cold-start.mjs";
import { isMet, table } from "./figures.mjs";
import { growth } from "./growth.mjs";
import { peers } from "./peers.mjs";
import { requests } from "./requests.mjs";
import { versions } from "./runtimes.mjs";

/** @typedef {{ pace: import("./measure.mjs").Pace, quick: boolean, say: (line: string) => void }} Options */

const parts = { requests, "cold-start": coldStart, calls, growth, peers };

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(parts).join() },
    quick: { type: "boolean", default: false },
    json: { type: "string", default: join(rootDir, ".cache/bench/bench.json") },
  },
});
const { quick, only, json } = values;
const wrong = only.split(",").filter((name) => !(name in parts));
if (wrong.length > 0) throw new Error(`no part ${wrong}, only ${Object.keys(parts)}`);

process.once("SIGINT", () => stopAll().then(() => process.exit(130)));
const say = (/** @type {string} */ line) => console.error(line);
ensureBuilt(say);
const pace = quick ? { rounds: 5, turn: 20, warmUp: 50 } : { rounds: 15, turn: 50, warmUp: 500 };
const [{ model = "" } = {}, ...others] = cpus();
const cores = others.length + 1;
const machine = `${cores} × ${model}, node ${process.versions.node}, ${versions}`;
say(`${machine}; load ${loadavg()[0].toFixed(2)}`);

/** @type {import("./figures.mjs").Figure[]} */
const figures = [];
for (const [part, run] of Object.entries(parts)) {
  if (!only.split(",").includes(part)) continue;
  const found = (await run({ pace, quick, say })).map((figure) => ({ part, ...figure }));
  console.log(`\n${part}\n\n${table(found)}`);
  figures.push(...found);
}
const missed = figures.filter((figure) => !isMet(figure)).length;
console.log(`\n${figures.length} figures, ${missed} goals missed`);
mkdirSync(dirname(resolve(json)), { recursive: true });
const when = new Date().toISOString().slice(0, 10);
writeFileSync(json, JSON.stringify({ when, machine, quick, figures }, null, 2));
