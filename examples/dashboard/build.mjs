/** Bundles the page; `node build.mjs FOLDER` writes it there, for any web server. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * @returns {Promise<Map<string, string | Uint8Array>>} the files by name
 */
export async function buildDashboard() {
  const { outputFiles } = await build({
    entryPoints: ["main.tsx", "service-worker.ts"].map((name) => join(here, name)),
    outdir: here,
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    tsconfig: join(here, "tsconfig.json"),
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "silent", // what fails is thrown, with esbuild's own messages
  });
  /** @type {Map<string, string | Uint8Array>} */
  const files = new Map();
  for (const { path, contents } of outputFiles) files.set(basename(path), contents);
  for (const name of ["index.html", "icon.svg", "config.json"]) {
    files.set(name, readFileSync(join(here, name), "utf8"));
  }
  return files;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error("Give the folder to write the page to.");
  mkdirSync(folder, { recursive: true });
  for (const [name, contents] of await buildDashboard())
    writeFileSync(join(folder, name), contents);
}
