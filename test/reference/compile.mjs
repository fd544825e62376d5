/** Compiles what people read, as they would: under `strict`, against the built package. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tsc = join(root, "node_modules/@typescript/native/bin/tsc");

/** The options of people who set `strict` and nothing else. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
  },
  include: ["*.ts"],
};

/**
 * Writes programs into a folder of the project, where they import the built package by its name, as a
 * user does; the folder is gone afterwards.
 * @template T
 * @param {ReadonlyMap<string, string>} programs by file, as `list.ts`
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPrograms(programs, work) {
  const folder = mkdtempSync(join(root, ".cache/programs-"));
  try {
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    for (const [file, code] of programs) writeFileSync(join(folder, file), code);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {Promise<string[]>} what the compiler says, a line for each error */
export async function compile(folder) {
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"]);
    return [];
  } catch (error) {
    const { stdout } = /** @type {{ stdout?: string }} */ (error);
    const lines = stdout ? stdout.split("\n") : [String(error)];
    return lines.filter((line) => line && !line.startsWith(" "));
  }
}
