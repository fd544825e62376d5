/** Bundles the model, and the fuzz cases, for Node: with the source as it is, or changed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * @typedef {object} Mutant
 * @property {string} file below src
 * @property {string} from what stands there, once
 * @property {string} to
 */

/** @param {readonly Mutant[]} mutants @returns {import("esbuild").Plugin} */
const changed = (mutants) => ({
  name: "mutants",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const own = mutants.filter(({ file }) => path.endsWith(`/src/${file}`));
      let contents = readFileSync(path, "utf8");
      for (const { file, from, to } of own) {
        if (contents.split(from).length !== 2) throw new Error(`${file}: not there once: ${from}`);
        contents = contents.replace(from, () => to);
      }
      return own.length > 0 ? { contents, loader: "ts" } : undefined;
    });
  },
});

/**
 * @param {string} outfile
 * @param {object} [options]
 * @param {string} [options.entry]
 * @param {readonly Mutant[]} [options.mutants]
 * @param {Record<string, string>} [options.define]
 */
export async function bundleModel(outfile, options = {}) {
  const { entry = "test/model/run.ts", mutants = [], define = {} } = options;
  await build({
    entryPoints: [`${root}${entry}`],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    sourcemap: "inline",
    plugins: [changed(mutants)],
    define,
    logLevel: "silent", // what fails is thrown, with esbuild's own messages
  });
}

/** How much more than in the suite is fed to the parsers, and what. */
export const bundleFuzz = (/** @type {string} */ outfile, /** @type {number} */ seed) =>
  bundleModel(outfile, {
    entry: "test/model/run-fuzz.ts",
    define: { fuzzing: JSON.stringify({ times: 10, seed }) },
  });
