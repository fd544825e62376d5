/**
 * workerd, the engine of Cloudflare Workers, without nodejs_compat: one request to the Worker for
 * each case.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "./bundle.mjs";
import { start } from "./children.mjs";
import { runWorker } from "./worker.mjs";

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
    // Port 0 means any free port; workerd reports which one it took on the control descriptor.
    const args = ["serve", config, "--socket-addr=http=127.0.0.1:0", "--control-fd=3"];
    const child = start(installed()?.default ?? "", args, {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    child.stdout?.setEncoding("utf8").on("data", (text) => say(`  | ${text.trimEnd()}`));
    return runWorker("workerd", child, port(child), {
      file,
      timeout,
      place: /\bsuite:(\d+):(\d+)/g,
    });
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
