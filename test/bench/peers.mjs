/** The same login and calls by what people use: a fresh process each, at a trivial Keystone. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { ensurePackages } from "../keystone/install.mjs";
import { start } from "../runners/children.mjs";
import { rootDir } from "../runners/project.mjs";
import { median } from "./measure.mjs";
import { startServer } from "./server.mjs";

const folder = join(rootDir, ".cache/bench/pkgcloud");
const always = ["session.fetch", "service()", "hand-written", "keystoneauth1", "openstacksdk"];

/** @typedef {{ wall: number, cpu: number, peak: number, requests: number }} Step since the process began */

/** What is told of each. @type {[string, string, (steps: Record<string, Step>) => number][]} */
const told = [
  ["start, login and first call", "ms", ({ first }) => first.wall],
  ["processor time of these", "ms", ({ first }) => first.cpu],
  ["200 calls more", "ms", (steps) => steps[200].wall - steps.first.wall],
  ["processor time of each of the 200", "ms", (steps) => (steps[200].cpu - steps.first.cpu) / 200],
  [
    "processor time of each of 2,000 more",
    "ms",
    (steps) => (steps[2000].cpu - steps[200].cpu) / 2000,
  ],
  ["peak memory", "MB", (steps) => steps[2000].peak],
  ["requests of login and first call", "", ({ first }) => first.requests],
];

/** @param {import("./cli.mjs").Options} options */
export async function peers({ quick, say }) {
  await ensurePackages(["python3-keystoneauth1", "python3-openstacksdk"]);
  const words = ["install", "--ignore-scripts", "--no-audit", "--prefix", folder, "pkgcloud@2.2.0"];
  const hasPkgcloud = await promisify(execFile)("npm", words).then(Boolean, () => false);
  const names = hasPkgcloud ? [...always, "pkgcloud"] : always;
  /** @type {Record<string, Record<string, Step>[]>} */
  const runs = {};
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    for (const name of names) {
      say(`${name} …`);
      runs[name] = [...(runs[name] ?? []), await play(name)];
    }
  }
  return names.flatMap((where) =>
    told.map(([what, unit, value]) => {
      const of = (/** @type {string} */ name) => median(runs[name].map(value));
      const goal = goalOf(where, what, of("keystoneauth1"));
      return { where, what, value: of(where), unit, goal };
    }),
  );
}

/** @param {string} name @param {string} what @param {number} theirs keystoneauth's */
function goalOf(name, what, theirs) {
  const share = { "session.fetch": 0.5, "service()": 1 }[name];
  if (share === undefined) return undefined;
  if (what.startsWith("requests")) return 2;
  return what.includes("of each") ? Number((share * theirs).toFixed(2)) : undefined;
}

/** @param {string} name @returns {Promise<Record<string, Step>>} */
async function play(name) {
  const server = await startServer();
  const began = performance.now();
  const isPython = ["keystoneauth1", "openstacksdk"].includes(name);
  const file = join(rootDir, "test/bench", isPython ? "clients.py" : "clients.mjs");
  const program = isPython ? "/usr/bin/python3" : process.execPath;
  const args = [file, server.url, name, folder];
  const child = start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const input = /** @type {import("node:stream").Readable} */ (child.stdout);
  /** @type {Record<string, Step>} */
  const steps = {};
  for await (const line of createInterface({ input })) {
    const { step, ...used } = JSON.parse(line);
    const wall = performance.now() - began;
    steps[step] = { ...used, wall, requests: server.requests.length };
  }
  server.close();
  if (!steps[2000]) throw new Error(`${name} ended early`);
  return steps;
}
