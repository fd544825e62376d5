/** Checks of the project itself: the gates of `test/gates`, and the type tests of `test/types`. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rootDir } from "./project.mjs";

/**
 * @typedef {import("./report.mjs").Row} Row
 * @typedef {{ name: string, ok: boolean, error?: string }} Check
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

/**
 * Every file of `test/gates` default-exports a gate.
 * @param {Context} context
 * @param {string} [only] the file of one gate
 * @returns {Promise<Row>}
 */
export async function runGates(context, only) {
  const began = Date.now();
  /** @type {import("./collect.ts").Result[]} */
  const results = [];
  const files = only ? [only] : list(join(rootDir, "test/gates"), /\.mjs$/);
  for (const file of files) {
    context.say(`gate ${file} …`);
    for (const check of await runGate(join(rootDir, "test/gates", file), context)) {
      results.push({ group: file.replace(/\.mjs$/, ""), ms: 0, ...check });
    }
  }
  return { name: "gates", version: "", results, seconds: (Date.now() - began) / 1000 };
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
