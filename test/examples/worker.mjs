/**
 * examples/worker in workerd, as its wrangler.jsonc says, with a KV, or Durable Objects, that are real
 * except that they run locally.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { oneFile } from "../runners/one-file.mjs";
import { rootDir } from "../runners/project.mjs";

const folder = join(rootDir, "examples/worker");

/** All that it has beyond JSON is comments. */
const config = JSON.parse(
  readFileSync(join(folder, "wrangler.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, ""),
);

/**
 * Several Workers of that one script, each an isolate of its own, on one KV, or on the same Durable
 * Objects.
 *
 * @param {Record<string, Record<string, string>>} workers their variables and secrets, by name
 * @param {"kv" | "durable"} [kind] which of the two that wrangler.jsonc binds they have
 */
export async function startWorkers(workers, kind = "kv") {
  const script = await oneFile(join(folder, config.main));
  const [{ binding, id }] = config.kv_namespaces;
  const [first = ""] = Object.keys(workers);
  const shared =
    kind === "kv" ? { kvNamespaces: { [binding]: id } } : { durableObjects: objectsOf(first) };
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
      ...shared,
      bindings,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
    handleRuntimeStdio: streams,
  });
  await miniflare.ready;
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
 * The objects that wrangler.jsonc binds.
 * @param {string} scriptName the Worker in which they run
 */
function objectsOf(scriptName) {
  const [{ new_sqlite_classes: classes }] = config.migrations;
  /** @type {{ name: string, class_name: string }[]} */
  const bindings = config.durable_objects.bindings;
  return Object.fromEntries(
    bindings.map(({ name, class_name: className }) => [
      name,
      { className, scriptName, useSQLite: classes.includes(className) },
    ]),
  );
}

/**
 * @typedef {import("keystone-fetch/stores").KvNamespace & {
 *   list(): Promise<{ keys: { name: string, expiration?: number }[] }>
 * }} Namespace
 */
