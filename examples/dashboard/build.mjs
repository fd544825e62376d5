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
    entryPoints: [join(here, "main.tsx")],
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
  return new Map([
    ...outputFiles.map(
      ({ path, contents }) => /** @type {[string, Uint8Array]} */ ([basename(path), contents]),
    ),
    ...["index.html", "icon.svg"].map(
      (name) => /** @type {[string, string]} */ ([name, readFileSync(join(here, name), "utf8")]),
    ),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error("Give the folder to write the page to.");
  mkdirSync(folder, { recursive: true });
  for (const [name, contents] of await buildDashboard())
    writeFileSync(join(folder, name), contents);
}
