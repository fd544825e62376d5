/**
 * The size of the core, as users download it: printed beside the budget of the design, which it
 * exceeds today, and kept below a ceiling, so that it does not grow.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { external, minified } from "../../rollup.config.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Bytes, brotli. `diagnose()` is counted separately: a bundle that does not use it does not have it.
 */
const budget = { bundled: 17_500, own: 9_300 };

/** Today's figures, rounded up to a hundred: a line more does not fail it, a feature does. */
const ceiling = { bundled: 29_000, own: 21_100 };

/** @type {import("../runners/gates.mjs").Gate} */
export default async function bytes({ say }) {
  const folder = mkdtempSync(join(root, ".cache/bytes-"));
  try {
    const core = join(folder, "core.js");
    writeFileSync(core, coreExports());
    const login = join(folder, "login.js");
    writeFileSync(login, `export { createSession, password } from "../../dist/index.js";`);
    const own = await sizeOf(core, external);
    const bundled = await sizeOf(core, []);
    say(`createSession() and password() alone: ${await sizeOf(login, external)} bytes of our own`);
    return [
      check(say, "our own code", own, budget.own, ceiling.own),
      check(say, "with ky and valibot", bundled, budget.bundled, ceiling.bundled),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that the entry exports, except for what is counted separately. */
function coreExports() {
  const entry = readFileSync(join(root, "dist/index.js"), "utf8");
  return entry.replace(" diagnose,", "").replaceAll("'./", "'../../dist/");
}

/** @param {string} input @param {string[]} outside */
async function sizeOf(input, outside) {
  const plugins = [nodeResolve({ browser: true }), ...minified];
  const build = await rollup({ input, external: outside, plugins });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  return brotliCompressSync(Buffer.from(output[0].code)).length;
}

/**
 * @param {(line: string) => void} say @param {string} what
 * @param {number} size @param {number} wanted @param {number} limit
 */
function check(say, what, size, wanted, limit) {
  say(`core, ${what}: ${size} bytes brotli; the budget is ${wanted}`);
  const name = `core, ${what}: below ${limit} bytes brotli`;
  return { name, ok: size > 1000 && size <= limit, error: `${size} bytes` };
}
