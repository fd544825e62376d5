import { rmSync } from "node:fs";
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
};

/** Dependencies stay outside. */
export const external = ["ky", "valibot"];

const compile = esbuild({ target: "es2022", tsconfig: "tsconfig.json" });

/** Two minifiers, since one after the other they leave less than either; the options, too. */
export const minified = [
  minify({ target: "es2022" }),
  terser({
    module: true,
    ecma: 2020,
    compress: {
      passes: 3,
      sequences: false,
      if_return: false,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
    },
  }),
];

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
    plugins: [clean, compile],
    output: { dir: "dist", format: "es", sourcemap: true, preserveModules: true },
  },
  {
    input: entries,
    external,
    plugins: [dts()],
    output: { dir: "dist", format: "es" },
  },
  {
    // For <script type="module"> from a CDN: one file with all it needs.
    input: entries.index,
    plugins: [nodeResolve({ browser: true }), compile, minified],
    output: { file: "dist/keystone-fetch.min.js", format: "es", sourcemap: true },
  },
];
