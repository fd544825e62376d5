/** Runs the suite in a Worker (entries/worker.ts) that is served on a port: a request for each case. */
import { stop } from "./children.mjs";
import { inLanes } from "./lanes.mjs";
import { failure, keep } from "./records.mjs";
import { toSources, withSources } from "./sources.mjs";

/** @typedef {import("./collect.ts").Result} Result */

/**
 * Never rejects: if a Worker can't be reached, that is a failing result. Stops the program at the end.
 * @param {string} name the name under which such a failure is filed
 * @param {import("node:child_process").ChildProcess} child the program that serves it
 * @param {Promise<number>} port on which it does
 * @param {object} options
 * @param {string} options.file the bundle
 * @param {RegExp} [options.place] matches a place in it within a stack, as in sources.mjs
 * @param {number} options.timeout ms that one case may take
 * @returns {Promise<Result[]>}
 */
export async function runWorker(name, child, port, { file, place, timeout }) {
  const began = Date.now();
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr = (stderr + text).slice(-8000);
  });
  /** @type {Result[]} */
  const results = [];
  try {
    const url = `http://127.0.0.1:${await port}/`;
    const planned = await ask(url, timeout);
    await inLanes(
      [...planned.entries()],
      ([, { lane }]) => lane,
      async ([index, { group, name }]) => {
        const result = await ask(`${url}?case=${index}`, timeout).catch((error) => {
          throw new Error(`while running "${group}: ${name}": ${error.message}`);
        });
        keep(results, result);
        return result;
      },
    );
    await ask(`${url}?case=end`, timeout);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    results.push(failure(name, `${reason}\n${stderr}`.trim(), Date.now() - began));
  } finally {
    await stop(child);
  }
  if (!place) return results;
  const translate = toSources(file, place);
  return results.map((result) => withSources(result, translate));
}

/**
 * @param {string} url
 * @param {number} timeout of the case; the answer may take somewhat longer
 */
async function ask(url, timeout) {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeout + 10_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}
