/** Runs one engine to the end, whatever happens. */
import { failure } from "./records.mjs";

/**
 * @typedef {object} Job
 * @property {import("./world.mjs").World} world
 * @property {readonly string[]} files
 * @property {import("./options.mjs").Options} options
 * @property {(line: string) => void} say
 */

/**
 * @param {import("./engines.mjs").Engine} engine
 * @param {Job} job
 * @returns {Promise<import("./report.mjs").Row>}
 */
export async function runEngine(engine, { world, files, options, say }) {
  const { name, runtime } = engine;
  const { grep, timeout, inspect, coverage } = options;
  const began = Date.now();
  const version = engine.version();
  say(`${name} ${version} …`);
  const { env, pagePort } = world;
  const ran = await engine
    .run(
      { ...env, engine: name, runtime },
      { files, grep, timeout, inspect, coverage, pagePort, say },
    )
    .catch((error) => [failure(name, error.stack ?? String(error))]);
  const results = [...ran, ...strays(ran)];
  const whole = grep === "" && options.files.length === 0;
  if (results.length === 0 && whole) results.push(failure(name, "it gave no results"));
  return { name, version, results, seconds: (Date.now() - began) / 1000 };
}

/**
 * An engine that can't run. If it was requested by name, or CI ought to have it, it may not be skipped
 * silently.
 * @param {import("./engines.mjs").Engine} engine
 * @param {string} why
 * @param {import("./options.mjs").Options} options
 * @returns {import("./report.mjs").Row}
 */
export function leaveOut(engine, why, options) {
  const { name } = engine;
  const wanted = process.env.CI || options.engines.includes(engine);
  if (wanted) return { name, version: "", results: [failure(name, why)], seconds: 0 };
  return { name, version: "", results: [], seconds: 0, notRun: why };
}

/**
 * An unhandled rejection that any of several cases may have caused: one failure of its own, not one
 * for each of them.
 * @param {readonly import("./collect.ts").Result[]} results
 * @returns {import("./collect.ts").Result[]}
 */
function strays(results) {
  return results
    .flatMap((result) => result.strays ?? [])
    .map((error) => ({
      group: "harness",
      name: "no promise is let go of",
      ok: false,
      ms: 0,
      error,
    }));
}
