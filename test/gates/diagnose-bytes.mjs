/**
 * The size of `diagnose()`: nothing in an application that does not use it, whichever the bundler;
 * alone and beside the core no more than this.
 */
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { external } from "../../rollup.config.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Bytes, brotli: beside the core, and alone. */
const limits = { beside: 4_300, alone: 6_000 };

/** @type {import("../runners/gates.mjs").Gate} */
export default async function diagnoseBytes({ say }) {
  const without = 'export { createSession, password } from "keystone-fetch";';
  const both = 'export { createSession, password, diagnose } from "keystone-fetch";';
  const alone = 'export { diagnose } from "keystone-fetch";';
  const beside = (await size(both)) - (await size(without));
  const itself = await size(alone);
  const line = `diagnose, bytes brotli: ${beside} beside the core, limit ${limits.beside}; ${itself} alone, limit ${limits.alone}`;
  say(line);
  return [
    { name: line, ok: beside <= limits.beside && itself <= limits.alone, error: "over the limit" },
    verdict("rollup: an application without it carries nothing of it", await byRollup(without)),
    verdict("esbuild: an application without it carries nothing of it", await byEsbuild(without)),
    verdict("an application with it carries it", (await byEsbuild(both)) === 0 ? 1 : 0),
    verdict("alone it carries nothing of the sessions", await byEsbuild(alone, "session")),
  ];
}

/** @param {string} name @param {number} bytes */
function verdict(name, bytes) {
  return { name, ok: bytes === 0, error: `${bytes} bytes` };
}

/** @param {string} code */
const options = (code) => ({
  stdin: { contents: code, resolveDir: root },
  bundle: true,
  minify: true,
  format: /** @type {const} */ ("esm"),
  target: "es2022",
  external,
  write: /** @type {const} */ (false),
});

/** @param {string} code */
async function size(code) {
  const { outputFiles } = await build(options(code));
  return brotliCompressSync(outputFiles[0]?.contents ?? "").length;
}

/** The bytes of a room in a bundle. @param {string} code @param {string} [room] */
async function byEsbuild(code, room = "diagnose") {
  const { metafile } = await build({ ...options(code), metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const ofRoom = inputs.filter(([path]) => path.includes(`dist/${room}/`));
  return ofRoom.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

/** @param {string} code */
async function byRollup(code) {
  const entry = {
    name: "entry",
    /** @param {string} id */
    resolveId: (id) => (id === "entry" ? `${root}entry.js` : undefined),
    /** @param {string} id */
    load: (id) => (id === `${root}entry.js` ? code : undefined),
  };
  const bundle = await rollup({ input: "entry", external, plugins: [entry, nodeResolve()] });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  return Object.entries(output[0].modules)
    .filter(([path]) => path.includes("dist/diagnose/"))
    .reduce((sum, [, { renderedLength }]) => sum + renderedLength, 0);
}
