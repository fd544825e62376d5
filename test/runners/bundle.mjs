/** Bundles the suite into `.cache/test/`, once for each kind of runtime. */
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { rootDir } from "./project.mjs";

/** A folder for each run, so that two at once don't write into each other's bundles. */
const outDir = join(rootDir, ".cache/test", String(process.pid));
process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
const entryDir = join(rootDir, "test/runners/entries");

/**
 * The built package and what it stands on: left to the runtime's own resolution where it has one.
 */
const packages = ["keystone-fetch", "keystone-fetch/*", "ky", "ky/*", "valibot", "valibot/*"];

/**
 * How each kind of runtime gets its modules. A process imports "keystone-fetch" by itself, through
 * the "exports" of package.json, just as a user's program does. A Worker and a page take one file,
 * into which esbuild resolves the same name by the same "exports", so that it is dist/ and never
 * src/ there either.
 * @type {Record<"process" | "worker" | "page", import("esbuild").BuildOptions>}
 */
const kinds = {
  process: { platform: "neutral", external: packages },
  worker: { platform: "neutral", conditions: ["workerd", "worker", "browser"] },
  page: { platform: "browser" },
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
 * `virtual:suite`: the list of groups, made from what lies in the folders, so that a new file needs
 * no entry.
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
 * @param {"process" | "worker" | "page"} kind
 * @param {readonly string[]} files what `caseFiles` found
 * @returns {Promise<string>} the bundle's path
 */
export async function bundle(kind, files) {
  const outfile = join(outDir, `${kind}.mjs`);
  await build({
    ...kinds[kind],
    entryPoints: [join(entryDir, `${kind}.ts`)],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    mainFields: ["module", "main"],
    sourcemap: "inline",
    plugins: [suite(files)],
    logLevel: "silent", // what fails is thrown, with esbuild's own messages
  });
  return outfile;
}
