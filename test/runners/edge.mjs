/** Vercel's edge runtime: Node's engine with the globals of the web, and no others. */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { start } from "./children.mjs";
import { withoutFunctions } from "./less.mjs";
import { runWorker } from "./worker.mjs";

const server = fileURLToPath(new URL("./edge-server.mjs", import.meta.url));

/** @returns {string | undefined} */
function installed() {
  try {
    return createRequire(import.meta.url)("edge-runtime/package.json").version;
  } catch {
    return undefined;
  }
}

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "edge",
  runtime: "edge",
  missing: () => (installed() ? undefined : { what: "the npm package edge-runtime (npm ci)" }),
  version: () => installed() ?? "?",
  async run(env, { files, grep, timeout, say }) {
    const file = await bundle("edge", withoutFunctions(files));
    const args = [server, file, JSON.stringify({ env, grep, timeout })];
    const child = start(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const lines = createInterface({
      input: /** @type {import("node:stream").Readable} */ (child.stdout),
    });
    /** @type {Promise<number>} */
    const port = new Promise((resolve, reject) => {
      lines.once("line", (line) => {
        resolve(Number(line));
        lines.on("line", (more) => say(`  | ${more}`));
      });
      child.once("close", (code) => reject(new Error(`it ended with code ${code}`)));
    });
    return runWorker("edge", child, port, { file, timeout });
  },
};
