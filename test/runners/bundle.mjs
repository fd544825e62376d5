/** Bundles the suite into `.cache/test/`, once for each kind of runtime. */
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { rootDir } from "./project.mjs";

/** A folder for each process. */
const outDir = join(rootDir, ".cache/test", String(process.pid));
process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
/** Two runs at the same time don't write into each other's folder. */
let bundles = 0;
const entryDir = join(rootDir, "test/runners/entries");

/** The built package and its dependencies: left to the runtime's own resolution, if it has one. */
const packages = ["keystone-fetch", "keystone-fetch/*", "ky", "ky/*", "valibot", "valibot/*"];

/**
 * The file for a CDN in place of the package's core, loaded by its address, as in a page.
 * @type {import("esbuild").Plugin}
 */
const cdn = {
  name: "cdn",
  setup({ onResolve }) {
    const path = "/dist/keystone-fetch.min.js";
    onResolve({ filter: /^keystone-fetch(\/keystone-fetch\.min\.js)?$/ }, () => ({
      path,
      external: true,
    }));
  },
};

/** @typedef {"plan" | "process" | "worker" | "edge" | "page" | "cdn"} Kind */

/**
 * How each kind of runtime gets its modules. A process imports "keystone-fetch" by itself, through
 * the "exports" of package.json, just as a user's program does. A Worker and a page take one file,
 * into which esbuild resolves the same name by the same "exports", so that it is dist/ and never
 * src/ there either.
 * @type {Record<Kind, { entry?: string } & import("esbuild").BuildOptions>}
 */
const kinds = {
  plan: { platform: "neutral", external: packages },
  process: { platform: "neutral", external: packages },
  worker: { platform: "neutral", conditions: ["workerd", "worker", "browser"] },
  edge: {
    platform: "neutral",
    conditions: ["edge-light", "worker", "browser"],
    format: "iife", // it does not accept a module
  },
  page: { platform: "browser" },
  cdn: { entry: "page", platform: "browser", plugins: [cdn] },
};

/**
 * The files of cases, by folder: those of `unit` import the source, those of `cases` the built
 * package.
 * @param {readonly string[]} folders
 */
export function caseFiles(folders) {
  return folders.flatMap((folder) => {
    try {
      return readdirSync(join(rootDir, "test", folder), { recursive: true })
        .map(String)
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
        .sort()
        .map((file) => join(rootDir, "test", folder, file));
    } catch {
      return []; // the folder isn't there yet
    }
  });
}

/**
 * `virtual:suite`: the list of groups, made from the files in the folders, so that a new file needs no
 * entry.
 * @param {readonly string[]} files
 * @returns {import("esbuild").Plugin}
 */
function suite(files) {
  const imports = files.map((file, i) => `import g${i} from ${JSON.stringify(file)};`);
  const groups = files.map(
    (file, i) => `{ name: ${JSON.stringify(basename(file, ".ts"))}, cases: g${i} }`,
  );
  const contents = `${imports.join("\n")}\nexport default [\n${groups.join(",\n")}\n];\n`;
  return {
    name: "suite",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^virtual:suite$/ }, ({ path }) => ({ path, namespace: "suite" }));
      onLoad({ filter: /.*/, namespace: "suite" }, () => ({ contents, resolveDir: rootDir }));
    },
  };
}

/**
 * @param {Kind} kind
 * @param {readonly string[]} files what `caseFiles` found
 * @returns {Promise<string>} the bundle's path
 */
export async function bundle(kind, files) {
  const { entry = kind, plugins = [], ...options } = kinds[kind];
  bundles += 1;
  const outfile = join(outDir, `${kind}-${bundles}.mjs`);
  await build({
    entryPoints: [join(entryDir, `${entry}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    mainFields: ["module", "main"],
    sourcemap: "inline",
    // React reads it; in Deno that would take a permission, and a Worker does not have it.
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [...plugins, suite(files)],
    logLevel: "silent", // failures are thrown, with esbuild's own messages
    ...options,
  });
  return outfile;
}
