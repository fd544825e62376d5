/**
 * Runs a program that prints records, and returns the results in them. A record is a line of standard
 * output behind an ASCII record separator (as in RFC 7464): `{ planned: 3 }`, `{ started: "group:
 * name" }`, `{ result: {…} }`, `{ problem: "…" }`, and at the end `{ done: true }`.
 */
import { createInterface } from "node:readline";
import { start, stop } from "./children.mjs";

/** @typedef {import("./collect.ts").Result} Result */

/** How much longer than a case's time-out a program may print nothing, in ms. */
const grace = 10_000;

/**
 * @typedef {object} ProgramOptions
 * @property {number} timeout ms that one case may take
 * @property {number} [startup] ms until the first record; as much as a case where not given
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} say
 * @property {(text: string) => void} [sayErrors] called at once with what it writes to standard error
 */

/**
 * Never rejects: if a program crashes, goes silent or ends early, that is a failing result, which says
 * where.
 * @param {string} runtime the name under which such a failure is filed
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProgramOptions} options
 * @returns {Promise<Result[]>}
 */
export async function runProgram(runtime, command, args, options) {
  const { timeout, startup = timeout + grace, say, sayErrors, ...spawning } = options;
  const child = start(command, args, { ...spawning, stdio: ["ignore", "pipe", "pipe"] });
  const began = Date.now();
  /** @type {Result[]} */
  const results = [];
  /** @type {string[]} */
  const problems = [];
  let planned = 0;
  /** The cases that run now. @type {Set<string>} */
  const running = new Set();
  const where = () =>
    running.size > 0 ? `while running ${[...running].map((name) => `"${name}"`).join(", ")}` : "";
  let done = false;
  let stderr = "";

  /** @param {number} ms */
  const watch = (ms) =>
    setTimeout(() => {
      problems.push(`went silent for ${ms} ms ${where()}`);
      stop(child);
    }, ms);
  let watchdog = watch(startup);
  /** @param {any} record */
  const take = (record) => {
    clearTimeout(watchdog);
    watchdog = watch(timeout + grace);
    if (record.planned !== undefined) planned = record.planned;
    if (record.started !== undefined) running.add(record.started);
    if (record.result !== undefined) {
      keep(results, record.result);
      running.delete(`${record.result.group}: ${record.result.name}`);
    }
    if (record.problem !== undefined) problems.push(record.problem);
    if (record.done) {
      done = true;
      stop(child); // no need to wait for a timer or a socket that a case left behind
    }
  };

  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr = (stderr + text).slice(-8000);
    sayErrors?.(text.trimEnd());
  });
  const stdout = /** @type {import("node:stream").Readable} */ (child.stdout);
  createInterface({ input: stdout }).on("line", (line) => {
    if (line.startsWith("\u001e")) take(JSON.parse(line.slice(1)));
    else say(`  | ${line}`);
  });
  const end = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("close", (code, name) => resolve(`ended with ${name ?? `code ${code}`} ${where()}`));
  });
  clearTimeout(watchdog);

  if (!done && problems.length === 0) problems.push(end);
  if (results.length < planned) problems.push(`gave ${results.length} of ${planned} results`);
  if (problems.length > 0) {
    const error = [...problems, stderr].join("\n").trim();
    results.push(failure(runtime, error, Date.now() - began));
  }
  return results;
}

/**
 * Adds a result. That of a case's second try takes the place of the first, and tells of it.
 * @param {Result[]} results
 * @param {Result} result
 */
export function keep(results, result) {
  const index = results.findIndex(
    ({ group, name }) => group === result.group && name === result.name,
  );
  if (index < 0) {
    results.push(result);
    return;
  }
  const { error: firstError = "", strays = [] } = results[index];
  results[index] = { ...result, firstError, strays: [...strays, ...(result.strays ?? [])] };
}

/**
 * The failure of a runtime that did not run to its end, as a result.
 * @param {string} runtime
 * @param {string} error
 * @param {number} [ms]
 * @returns {Result}
 */
export function failure(runtime, error, ms = 0) {
  return { group: runtime, name: "runs to its end", ok: false, ms, error };
}
