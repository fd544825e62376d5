/**
 * workerd, the engine of Cloudflare Workers, without nodejs_compat: one request to the Worker for
 * each case.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "./bundle.mjs";
import { start, stop } from "./children.mjs";
import { inLanes } from "./lanes.mjs";
import { failure } from "./records.mjs";
import { toSources, withSources } from "./sources.mjs";

/** @typedef {import("./collect.ts").Result} Result */

/**
 * @returns {{ default: string, version: string } | undefined} the npm package, which knows its
 * program
 */
function installed() {
  try {
    return createRequire(import.meta.url)("workerd");
  } catch {
    return undefined;
  }
}

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "workerd",
  runtime: "workerd",
  missing: () => (installed() ? undefined : { what: "the npm package workerd (npm ci)" }),
  version: () => installed()?.version ?? "?",
  async run(env, { files, grep, timeout, say }) {
    const file = await bundle("worker", files);
    const config = join(dirname(file), "workerd.capnp");
    writeFileSync(config, capnp(basename(file), { env, grep, timeout }));
    // Port 0 is any free port; which one it took, workerd tells on the control descriptor.
    const args = ["serve", config, "--socket-addr=http=127.0.0.1:0", "--control-fd=3"];
    const child = start(installed()?.default ?? "", args, {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      stderr = (stderr + text).slice(-8000);
    });
    child.stdout?.setEncoding("utf8").on("data", (text) => say(`  | ${text.trimEnd()}`));
    const began = Date.now();
    /** @type {Result[]} */
    const results = [];
    try {
      const url = `http://127.0.0.1:${await port(child)}/`;
      const planned = await ask(url, timeout);
      await inLanes(
        [...planned.entries()],
        ([, { lane }]) => lane,
        async ([index, { group, name }]) => {
          const answer = ask(`${url}?case=${index}`, timeout).catch((error) => {
            throw new Error(`while running "${group}: ${name}": ${error.message}`);
          });
          results.push(await answer);
        },
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      results.push(failure("workerd", `${reason}\n${stderr}`.trim(), Date.now() - began));
    } finally {
      await stop(child);
    }
    const translate = toSources(file, /\bsuite:(\d+):(\d+)/g);
    return results.map((result) => withSources(result, translate));
  },
};

/**
 * `network` lets the Worker reach the test servers: by default workerd refuses loopback addresses.
 * @param {string} module file name, beside the configuration
 * @param {object} job
 */
function capnp(module, job) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .suite),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);
const suite :Workerd.Worker = (
  modules = [(name = "suite", esModule = embed "${module}")],
  compatibilityDate = "2026-07-01",
  bindings = [(name = "JOB", text = ${JSON.stringify(JSON.stringify(job))})],
);
`;
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>} the port that workerd listens on
 */
function port(child) {
  const control = /** @type {import("node:stream").Readable} */ (child.stdio[3]);
  return new Promise((resolve, reject) => {
    createInterface({ input: control }).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.event === "listen") resolve(message.port);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`workerd ended with code ${code}`)));
  });
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
