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

/** @param {string[]} folders of src */
const modulesIn = (...folders) =>
  folders.flatMap((folder) =>
    readdirSync(`src/${folder}`)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => resolve("src", folder, file)),
  );

const token = resolve("src/token.ts");

/**
 * The modules that every application has, in two files: without a bundler, to find and compile sixty takes
 * longer than to run them. The first needs neither ky nor valibot, so that a page can load the stores by
 * their address.
 */
const files = {
  [resolve("src/common.js")]: modulesIn(".").filter(
    (module) => module !== token && module !== resolve(entries.index),
  ),
  [resolve("src/core.js")]: [
    token,
    ...modulesIn("auth", "catalog", "diagnose", "session", "transport", "wire"),
  ],
};

/**
 * One of these files, or the other modules, which import from both.
 * @param {string} [own] none for the other modules
 * @returns {import("rollup").Plugin}
 */
const joined = (own = "") => ({
  name: "joined",
  async resolveId(source, importer) {
    if (source === own) return own;
    const resolved = importer === undefined ? null : await this.resolve(source, importer);
    const [file] =
      Object.entries(files).find(([, modules]) => modules.includes(resolved?.id ?? "")) ?? [];
    return file === undefined || file === own ? resolved : { id: file, external: "relative" };
  },
  load: (id) =>
    id === own
      ? files[id]?.map((module) => `export * from ${JSON.stringify(module)};`).join("\n")
      : null,
});

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
    plugins: [clean, joined(), compile],
    output: { dir: "dist", format: "es", sourcemap: true, preserveModules: true },
  },
  ...Object.keys(files).map((file) => ({
    input: file,
    external,
    plugins: [joined(file), compile],
    output: { dir: "dist", format: "es", sourcemap: true },
  })),
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
