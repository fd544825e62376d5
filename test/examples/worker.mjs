/** examples/worker in workerd, as its wrangler.jsonc says, with a KV that is real but for its place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { rootDir } from "../runners/project.mjs";

const folder = join(rootDir, "examples/worker");

/** Comments are all that it has beyond JSON. */
export const config = JSON.parse(
  readFileSync(join(folder, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""),
);

/** The one file that wrangler would upload. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(folder, config.main)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
  });
  return outputFiles[0].text;
}

/**
 * Several Workers of that one script, each an isolate of its own, on one KV.
 *
 * @param {Record<string, Record<string, string>>} workers their variables and secrets, by name
 */
export async function startWorkers(workers) {
  const script = await bundle();
  const [{ binding, id }] = config.kv_namespaces;
  let log = "";
  const streams = (/** @type {import("node:stream").Readable[]} */ ...all) => {
    for (const stream of all) {
      stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        log += text;
      });
    }
  };
  const miniflare = new Miniflare({
    workers: Object.entries(workers).map(([name, bindings]) => ({
      name,
      modules: true,
      script,
      compatibilityDate: config.compatibility_date,
      kvNamespaces: { [binding]: id },
      bindings,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
    handleRuntimeStdio: streams,
  });
  await miniflare.ready;
  const [first = ""] = Object.keys(workers);
  /** @type {() => Promise<Namespace>} its own type needs Cloudflare's, which nothing else here does */
  const namespace = async () => {
    /** @type {unknown} */
    const found = await miniflare.getKVNamespace(binding, first);
    return /** @type {Namespace} */ (found);
  };
  return {
    /** @param {string} name */
    urlOf: (name) => miniflare.unsafeGetDirectURL(name),
    namespace,
    /** All that KV holds. */
    async stored() {
      const kv = await namespace();
      const { keys } = await kv.list();
      const entries = keys.map(async ({ name, expiration = 0 }) => {
        return { name, expiration, value: (await kv.get(name)) ?? "" };
      });
      return Promise.all(entries);
    },
    log: () => log,
    stop: () => miniflare.dispose(),
  };
}

/**
 * @typedef {import("keystone-fetch/stores").KvNamespace & {
 *   list(): Promise<{ keys: { name: string, expiration?: number }[] }>
 * }} Namespace
 */
