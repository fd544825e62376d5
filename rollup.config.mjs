import { readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";
import esbuild, { minify } from "rollup-plugin-esbuild";

/** The package's entries: file in dist to source. */
const entries = {
  index: "src/index.ts",
  "identity/index": "src/identity/index.ts",
  "stores/index": "src/stores/index.ts",
  "config/index": "src/config/index.ts",
  "guard/index": "src/guard/index.ts",
  "log/index": "src/log/index.ts",
  "v2/index": "src/v2/index.ts",
  "config/vendors": "src/config/vendors.ts",
  "config/with-vendors": "src/config/with-vendors.ts",
  "testing/index": "src/testing/index.ts",
  "federation/index": "src/federation/index.ts",
};

/** Dependencies stay outside. */
export const external = ["ky", "valibot"];

const compile = esbuild({ target: "es2022", tsconfig: "tsconfig.json" });

/** Two minifiers, since one after the other they leave less than either. Neither assumes anything unsafe. */
export const minified = [
  minify({ target: "es2022" }),
  terser({ module: true, ecma: 2020, compress: { passes: 3 } }),
];

/** The licences of all that is in the one file: one text, and whose it is. */
function notices() {
  const texts = ["LICENSE", "node_modules/ky/license", "node_modules/valibot/LICENSE.md"].map(
    (file) => readFileSync(file, "utf8"),
  );
  const [own = ""] = texts;
  const holders = texts.map((text) => /^Copyright.*$/m.exec(text)?.[0]);
  return `/*!\nkeystone-fetch, with ky and valibot\n${own.replace(/^Copyright.*$/m, holders.join("\n"))}*/`;
}

/** The modules of the core, which every application has. */
const coreModules = [".", "auth", "catalog", "diagnose", "session", "transport", "wire"].flatMap(
  (folder) =>
    readdirSync(`src/${folder}`)
      .filter((file) => file.endsWith(".ts") && !(folder === "." && file === "index.ts"))
      .map((file) => resolve("src", folder, file)),
);

/** Everything that the core's modules export, for the other entries. @type {import("rollup").Plugin} */
const coreEntry = {
  name: "core-entry",
  resolveId: (id) => (id === "core" ? id : null),
  load: (id) =>
    id === "core"
      ? coreModules.map((module) => `export * from ${JSON.stringify(module)};`).join("\n")
      : null,
};

/** Where a module imports one of the core's, it gets the core's file. @type {import("rollup").Plugin} */
const fromCore = {
  name: "from-core",
  async resolveId(source, importer) {
    if (importer === undefined) return null;
    const resolved = await this.resolve(source, importer);
    return resolved && coreModules.includes(resolved.id)
      ? { id: resolve("src/core.js"), external: "relative" }
      : resolved;
  },
};

/** What an earlier build left would be published too. */
const clean = {
  name: "clean",
  buildStart() {
    rmSync("dist", { recursive: true, force: true });
  },
};

export default [
  {
    // A module a file: bundlers then drop whole files that an application does not use.
    input: entries,
    external,
    plugins: [clean, fromCore, compile],
    output: { dir: "dist", format: "es", sourcemap: true, preserveModules: true },
  },
  {
    // In one file: without a bundler, to find and compile sixty takes longer than to run them.
    input: "core",
    external,
    plugins: [coreEntry, compile],
    output: { file: "dist/core.js", format: "es", sourcemap: true },
  },
  {
    input: entries,
    external,
    plugins: [dts()],
    // What `await using` needs, which is in no compiler's default.
    output: { dir: "dist", format: "es", banner: '/// <reference lib="esnext.disposable" />' },
  },
  {
    // For <script type="module"> from a CDN: one file with all it needs.
    input: entries.index,
    plugins: [nodeResolve({ browser: true }), compile, minified],
    output: {
      file: "dist/keystone-fetch.min.js",
      format: "es",
      sourcemap: true,
      banner: notices,
    },
  },
];
