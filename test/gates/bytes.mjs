/** What the core costs its user to download: held, and printed. */
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { rollup } from "rollup";
import { external, minified } from "../../rollup.config.mjs";

/** Bytes, brotli. Beside them what was asked for when the core was planned. */
const limits = { bundled: 15_655, own: 7_525 };
const wishes = { bundled: 13_000, own: 4_500 };

/** @type {import("../runners/gates.mjs").Gate} */
export default async function bytes({ say }) {
  // The file for CDNs is the whole core with ky and valibot in it.
  const bundled = readFileSync(new URL("../../dist/keystone-fetch.min.js", import.meta.url));
  const own = await ownCode();
  return [
    check(say, "with ky and valibot", bundled, limits.bundled, wishes.bundled),
    check(say, "our own code alone", Buffer.from(own), limits.own, wishes.own),
  ];
}

/** The same code, minified in the same way, without its dependencies. */
async function ownCode() {
  const input = new URL("../../dist/index.js", import.meta.url).pathname;
  const build = await rollup({ input, external, plugins: minified });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  return output[0].code;
}

/** @param {(line: string) => void} say @param {string} what @param {Buffer} code @param {number} limit @param {number} wish */
function check(say, what, code, limit, wish) {
  const size = brotliCompressSync(code).length;
  const line = `core, ${what}: ${size} bytes brotli (${gzipSync(code).length} gzip), limit ${limit}, wished for ${wish}`;
  say(line);
  return { name: line, ok: size > 1000 && size <= limit, error: `over the limit of ${limit}` };
}
