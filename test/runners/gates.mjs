/** Checks of the project itself: the gates of `test/gates`, and the type tests of `test/types`. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rootDir } from "./project.mjs";

/**
 * @typedef {import("./report.mjs").Row} Row
 * @typedef {{ name: string, ok: boolean, error?: string, firstError?: string }} Check
 * @typedef {object} Context
 * @property {(line: string) => void} say
 * @property {Omit<import("../case.ts").Env, "engine" | "runtime">} env the servers, which still run
 * @property {(sql: string) => Promise<unknown>} [sql] for the real Keystone's database, if it is ours
 * @property {number} pagePort the port on localhost whose origin Keystone's CORS settings allow
 * @typedef {(context: Context) => Promise<Check[]> | Check[]} Gate
 */

const tsc = join(rootDir, "node_modules/@typescript/native/bin/tsc");

/** @param {string} directory @param {RegExp} pattern */
function list(directory, pattern) {
  return existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => pattern.test(file))
        .sort()
    : [];
}

/** Gates that need none of the run's servers and no page, and that may take as long as they like. */
const standalone = [
  "bytes.mjs",
  "config-openstacksdk.mjs",
  "diagnose-bytes.mjs",
  "knip.mjs",
  "model.mjs",
  "package.mjs",
  "peers.mjs",
  "rooms.mjs",
  "style.mjs",
  "tree-shaking.mjs",
];

/** Gates about what the engines have done: they run before others, which run cases of their own. */
const afterEngines = ["identity.mjs", "secrets.mjs"];

/** Gates beside the other engines, so that both parts take as long: they have servers of their own. */
const withBrowsers = ["diagnose.mjs", "federation.mjs"];

/**
 * Every file of `test/gates` default-exports a gate.
 * @param {"standalone" | "browsers" | "others"} part which of them
 */
export function gateFiles(part) {
  if (part === "standalone") return standalone;
  if (part === "browsers") return [...afterEngines, ...withBrowsers];
  const elsewhere = [...standalone, ...afterEngines, ...withBrowsers];
  const files = list(join(rootDir, "test/gates"), /\.mjs$/);
  return [...afterEngines, ...files.filter((file) => !elsewhere.includes(file))];
}

/**
 * @param {Context} context
 * @param {readonly string[]} files
 * @returns {Promise<Row>}
 */
export async function runGates(context, files, name = "gates") {
  const began = Date.now();
  /** @type {import("./collect.ts").Result[]} */
  const results = [];
  for (const file of files) {
    const group = file.replace(/\.mjs$/, "");
    context.say(`gate ${group} …`);
    const started = Date.now();
    for (const check of await runTwice(join(rootDir, "test/gates", file), context)) {
      results.push({ group, ms: 0, ...check });
    }
    context.say(`gate ${group}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  return { name, version: "", results, seconds: (Date.now() - began) / 1000 };
}

/**
 * A gate with a failing check is run once more, since a busy machine may break a deadline.
 * @param {string} file
 * @param {Context} context
 * @returns {Promise<Check[]>}
 */
async function runTwice(file, context) {
  const first = await runGate(file, context);
  const errors = new Map(first.filter(({ ok }) => !ok).map(({ name, error }) => [name, error]));
  if (errors.size === 0) return first;
  context.say(`once more, after: ${[...errors].map((one) => one.join(": ")).join("\n")}`);
  const second = await runGate(file, context);
  return second.map((check) => ({ ...check, firstError: errors.get(check.name) }));
}

/**
 * @param {string} file
 * @param {Context} context
 * @returns {Promise<Check[]>}
 */
async function runGate(file, context) {
  try {
    /** @type {{ default: Gate }} */
    const { default: gate } = await import(pathToFileURL(file).href);
    const checks = await gate(context);
    return checks.length > 0
      ? checks
      : [{ name: "checks", ok: false, error: "it checked nothing" }];
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ name: "runs to its end", ok: false, error: text }];
  }
}

/**
 * Compiles each tsconfig of `test/types`: the assertions are in the types, so compiling is the
 * test.
 * @returns {Promise<Row>}
 */
export async function runTypeTests() {
  const began = Date.now();
  const directory = join(rootDir, "test/types");
  const results = list(directory, /^tsconfig.*\.json$/).map((file) => {
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", join(directory, file)], {
      cwd: rootDir,
      encoding: "utf8",
    });
    return {
      group: "types",
      name: file,
      ms: 0,
      ok: status === 0,
      ...(status !== 0 && { error: stdout }),
    };
  });
  return { name: "types", version: "", results, seconds: (Date.now() - began) / 1000 };
}
