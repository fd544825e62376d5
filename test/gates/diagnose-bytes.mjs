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
const limits = { beside: 4_300, alone: 6_100 };

/** @type {import("../runners/gates.mjs").Gate} */
export default async function diagnoseBytes({ say }) {
  const without = 'export { createSession, password } from "keystone-fetch";';
  const both = 'export { createSession, password, diagnose } from "keystone-fetch";';
  const alone = 'export { diagnose } from "keystone-fetch";';
  const beside = (await size(both)) - (await size(without));
  // With ky and valibot, as in an application: a bundler sees that nothing of them is used.
  const itself = await size(alone, []);
  const line = `diagnose, bytes brotli: ${beside} beside the core, limit ${limits.beside}; ${itself} alone, limit ${limits.alone}`;
  say(line);
  return [
    { name: line, ok: beside <= limits.beside && itself <= limits.alone, error: "over the limit" },
    verdict(
      "rollup: an application without it carries nothing of it",
      await byRollup(without),
      ofDiagnosis,
      0,
    ),
    verdict(
      "esbuild: an application without it carries nothing of it",
      await byEsbuild(without),
      ofDiagnosis,
      0,
    ),
    verdict("an application with it carries it", await byEsbuild(both), ofDiagnosis, 5),
    verdict("alone it carries nothing of the sessions", await byEsbuild(alone), ofSessions, 0),
    verdict("an application with sessions carries them", await byEsbuild(without), ofSessions, 3),
  ];
}

/** Words that occur only in the code of the one, and only in that of the other: all is in one file. */
const ofDiagnosis =
  /mixed-content|cors-(?:origin|headers|method|expose)|web-page|not-keystone|v2-only/g;
const ofSessions = /Not authenticated|expiryMargin|endpointOverrides|trustedOrigins/g;

/**
 * @param {string} name @param {string} code @param {RegExp} words
 * @param {number} least how many of them it has to have; 0: it may have none
 */
function verdict(name, code, words, least) {
  const found = [...new Set(code.match(words))];
  const ok = least === 0 ? found.length === 0 : found.length >= least;
  return { name, ok, error: `${found.join(", ") || "nothing"} found` };
}

/** @param {string} code @param {string[]} [outside] */
async function size(code, outside) {
  return brotliCompressSync(await byEsbuild(code, outside)).length;
}

/** @param {string} code @param {string[]} [outside] */
async function byEsbuild(code, outside = external) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: outside,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
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
  return output[0].code;
}
