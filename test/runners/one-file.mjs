/** A program as one file, as wrangler would upload it. */
import { build } from "esbuild";

/**
 * @param {string} entry
 * @param {string[]} [conditions] of the runtime, workerd's by default
 */
export async function oneFile(entry, conditions = ["workerd", "worker", "browser"]) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions,
  });
  return outputFiles[0]?.text ?? "";
}
