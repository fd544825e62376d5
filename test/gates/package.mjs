/** What would be published: the files, the entries and the types. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("../runners/gates.mjs").Gate} */
export default function contents({ say }) {
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
  const types = readFileSync(`${root}dist/index.d.ts`, "utf8");
  const top = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .map((path) => path.split("/")[0] ?? "");
  say(`package: ${paths.length} files, ${size} bytes packed`);
  return [
    verdict(
      "only dist, src and the papers are packed",
      paths.filter((path) => !/^(dist|src)\/|^(README|LICENSE|CHANGELOG|package)/.test(path)),
    ),
    verdict(
      "every export is packed",
      targets.filter((target) => !paths.includes(target.slice(2)) && target !== "./package.json"),
    ),
    verdict(
      "two dependencies",
      Object.keys(manifest.dependencies).filter((name) => !/^(ky|valibot)$/.test(name)),
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
          !/^(package(-lock)?\.json|tsconfig\.json|rollup\.config\.mjs|src|test|examples|README\.md|LICENSE|CHANGELOG\.md|\..*|)$/.test(
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
