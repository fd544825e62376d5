/** A folder outside of the project in which the package is installed, like a user's. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";

/**
 * @param {readonly string[]} files of the project, copied into it
 * @param {readonly string[]} [others] packages that are installed there as well
 */
export function packageCopy(files, others = []) {
  const folder = mkdtempSync(join(tmpdir(), "keystone-fetch-copy-"));
  const modules = join(folder, "node_modules");
  const target = join(modules, "keystone-fetch");
  const listing = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: rootDir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  for (const { path } of JSON.parse(listing)[0].files) {
    cpSync(join(rootDir, path), join(target, path));
  }
  for (const name of ["ky", "valibot", ...others]) {
    mkdirSync(join(modules, name), { recursive: true });
    cpSync(join(rootDir, "node_modules", name), join(modules, name), { recursive: true });
  }
  const manifest = { type: "module", dependencies: { "keystone-fetch": "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  for (const file of files) cpSync(join(rootDir, file), join(folder, file.replace(/.*\//, "")));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
