/** examples/federation/worker in workerd, as its wrangler.jsonc says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { oneFile } from "../runners/one-file.mjs";
import { rootDir } from "../runners/project.mjs";

const folder = join(rootDir, "examples/federation/worker");

/**
 * @param {number} port
 * @param {Partial<import("../../examples/federation/worker/src/env.ts").Env>} bindings
 */
export async function startWorker(port, bindings) {
  // Comments are all that it has beyond JSON.
  const text = readFileSync(join(folder, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, "");
  const { main, vars, compatibility_date: compatibilityDate } = JSON.parse(text);
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    modules: true,
    script: await oneFile(join(folder, main)),
    compatibilityDate,
    bindings: { ...vars, ...bindings },
  });
  await miniflare.ready;
  return { url: `http://localhost:${port}`, stop: () => miniflare.dispose() };
}
