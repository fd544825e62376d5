import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

/** The package's entries: file in dist to source. */
const entries = { index: "src/index.ts" };
const external = ["ky", "valibot"];
const compile = esbuild({ target: "es2022", tsconfig: "tsconfig.json" });

export default [
  {
    // A module a file: bundlers then drop whole files that an application does not use.
    input: entries,
    external,
    plugins: [compile],
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
    plugins: [nodeResolve({ browser: true }), compile, terser({ module: true, ecma: 2020 })],
    output: { file: "dist/keystone-fetch.min.js", format: "es", sourcemap: true },
  },
];
