/** Where the project is, and whether what lies in dist/ is what lies in src/. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string} directory the newest change below it, in ms; 0 where there is nothing */
function newest(directory) {
  if (!existsSync(directory)) return 0;
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => file.isFile())
    .map((file) => statSync(join(file.parentPath, file.name)).mtimeMs);
  return Math.max(0, ...times);
}

/**
 * Builds the package when dist/ is missing or older than src/: a suite that quietly tested
 * yesterday's build would be worse than none.
 * @param {(line: string) => void} say
 */
export function ensureBuilt(say) {
  if (newest(join(rootDir, "dist")) > newest(join(rootDir, "src"))) return;
  const { scripts } = JSON.parse(readFileSync(join(rootDir, "package.json"), "utf8"));
  if (!scripts?.build) throw new Error("dist/ is out of date and package.json has no build script");
  say("building the package …");
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: rootDir,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (status !== 0) throw new Error(`npm run build failed\n${stdout}${stderr}`);
}
