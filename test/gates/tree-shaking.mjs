/**
 * What `keystone-fetch/identity` costs an application: only the namespaces that it uses, and nothing
 * if it uses none; with Rollup and with esbuild. Prints the cost of each.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { external } from "../../rollup.config.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entry = `${root}dist/identity/index.js`;

/** Each namespace with the file that it is in, as the entry says. */
const files = new Map(
  [...readFileSync(entry, "utf8").matchAll(/import \* as (\w+) from '\.\/([\w-]+)\.js'/g)].map(
    ([, name = "", file = ""]) => [name, file],
  ),
);

/** Words that occur only in the code of the other resources. */
const foreign =
  /registered_limit|OS-(?!INHERIT)[A-Z]|application_credential|access_rule|role_(assignment|inference)|identity_provider|service_provider|original_password|credentials|policies|region|enforcement/;

const applications = {
  projects: `import { projects } from "keystone-fetch/identity";
    export const main = (session) => projects.list(session);`,
  core: `export { createSession, password } from "keystone-fetch";`,
};

/** @typedef {{ code: string, modules: string[] }} Bundle what is in it, and of which files */

/** @type {Record<string, (file: string) => Promise<Bundle>>} */
const bundlers = {
  async rollup(file) {
    const bundle = await rollup({ input: file, external, plugins: [nodeResolve()] });
    const { output } = await bundle.generate({ format: "es" });
    await bundle.close();
    const [{ code, modules }] = output;
    const used = Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0);
    return { code, modules: used.map(([path]) => path) };
  },
  async esbuild(file) {
    const { outputFiles, metafile } = await build({
      entryPoints: [file],
      bundle: true,
      format: "esm",
      target: "es2022",
      external,
      write: false,
      metafile: true,
    });
    const [output] = Object.values(metafile.outputs);
    const used = Object.entries(output?.inputs ?? {}).filter(
      ([, { bytesInOutput }]) => bytesInOutput,
    );
    return { code: outputFiles[0]?.text ?? "", modules: used.map(([path]) => path) };
  },
};

/** @type {import("../runners/gates.mjs").Gate} */
export default async function treeShaking({ say }) {
  // In the project, so that it resolves the built package by its name, as a user's bundler does.
  const folder = mkdtempSync(join(root, ".cache/shaking-"));
  try {
    const checks = [];
    for (const [bundler, bundle] of Object.entries(bundlers)) {
      for (const [name, code] of Object.entries(applications)) {
        const file = join(folder, `${name}.mjs`);
        writeFileSync(file, code);
        checks.push(verdict(`${bundler}: ${name}`, offences(name, await bundle(file))));
      }
    }
    const sizes = [];
    for (const name of files.keys()) sizes.push(`${name} ${await bytes(name)}`);
    const all = await bytes([...files.keys()].join(", "));
    say(
      `identity, bytes brotli of each namespace by itself, without the core: ${sizes.join(", ")}`,
    );
    say(`identity, all of it: ${all} bytes brotli`);
    return [
      ...checks,
      verdict("there are namespaces to weigh", files.size > 20 ? [] : ["too few"]),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} application @param {Bundle} bundle */
function offences(application, { code, modules }) {
  const identity = modules.filter((path) => path.includes("dist/identity/"));
  if (application === "core") {
    return [...identity, ...(code.includes("createSession") ? [] : ["no core"])];
  }
  const others = new Set(files.values());
  others.delete(String(files.get(application)));
  return [
    ...identity.filter((path) => others.has(basename(path, ".js"))),
    ...(foreign.exec(code)?.slice(0, 1) ?? []),
    ...(code.includes(`"${application}"`) ? [] : [`no ${application}`]),
  ];
}

/** Leaves what is outside of dist/identity out. @type {import("esbuild").Plugin} */
const core = {
  name: "core",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\// }, ({ path }) => ({ path, external: true }));
  },
};

/** What namespaces add to an application that already has the core. @param {string} names */
async function bytes(names) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${names} } from "./dist/identity/index.js";`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external,
    plugins: [core],
    write: false,
  });
  return brotliCompressSync(outputFiles[0]?.contents ?? "").length;
}

/** @param {string} name @param {string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join(", ") };
}
