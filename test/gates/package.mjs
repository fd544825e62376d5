/** Checks what would be published: the files, the entries and the types. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("../runners/gates.mjs").Gate} */
export default async function contents({ say }) {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files, size }] = JSON.parse(listing);
  /** @type {string[]} */
  const paths = files.map((/** @type {{ path: string }} */ file) => file.path);
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  const jsr = JSON.parse(readFileSync(`${root}jsr.json`, "utf8"));
  const types = readFileSync(`${root}dist/index.d.ts`, "utf8");
  const top = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .map((path) => path.split("/")[0] ?? "");
  const oneFile = readFileSync(`${root}dist/keystone-fetch.min.js`, "utf8");
  say(`package: ${paths.length} files, ${size} bytes packed`);
  return [
    verdict(
      "only dist, src, examples and the documents are packed",
      paths.filter(
        (path) =>
          !/^(dist|src|examples|\.github\/(guides|reference))\/|^(README|LICENSE|CHANGELOG|package)|^\.github\/\w+\.(md|png|svg)$/.test(
            path,
          ),
      ),
    ),
    verdict("publint finds nothing", await linted(manifest)),
    verdict(
      "every export is packed",
      targets.filter((target) => !paths.includes(target.slice(2)) && target !== "./package.json"),
    ),
    verdict(
      "two dependencies",
      Object.keys(manifest.dependencies).filter((name) => !/^(ky|valibot)$/.test(name)),
    ),
    verdict("jsr.json says the same", [
      ...(jsr.version === manifest.version ? [] : ["version"]),
      ...Object.entries(manifest.dependencies)
        .filter(([name, range]) => jsr.imports[name] !== `npm:${name}@${range}`)
        .map(([name]) => name),
      // The file for a CDN and package.json are only for npm.
      ...Object.keys(manifest.exports).filter(
        (name) => !/js(on)?$/.test(name) && !jsr.exports[name],
      ),
    ]),
    verdict(
      "the one file for a page carries the licences of what is in it",
      [
        "keystone-fetch contributors",
        "Sindre Sorhus",
        "Fabian Hiller",
        "Permission is hereby",
      ].filter((words) => !oneFile.includes(words)),
    ),
    verdict("the types do not mention valibot", types.includes("valibot") ? ["index.d.ts"] : []),
    verdict(
      "every source map finds its source",
      readdirSync(`${root}dist`, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".js.map") && !path.includes(".min."))
        .filter((path) => {
          const { sources } = JSON.parse(readFileSync(`${root}dist/${path}`, "utf8"));
          return !sources.every((/** @type {string} */ source) =>
            existsSync(new URL(source, `file://${root}dist/${path}`)),
          );
        }),
    ),
    verdict(
      "nothing else at the top level",
      [...new Set(top)].filter(
        (name) =>
          !/^(package(-lock)?\.json|jsr\.json|tsconfig\.json|rollup\.config\.mjs|src|test|examples|README\.md|LICENSE|CHANGELOG\.md|\..*|)$/.test(
            name,
          ),
      ),
    ),
  ];
}

/** @param {string} name @param {string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join(", ") };
}

/** @param {Record<string, unknown>} manifest */
async function linted(manifest) {
  const { messages } = await publint({ pkgDir: root, level: "suggestion", pack: false });
  return messages.map((message) => formatMessage(message, manifest) ?? message.code);
}
