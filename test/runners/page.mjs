/** Runs the suite in a page of a browser: what every browser engine has in common. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { rootDir } from "./project.mjs";
import { runProgram } from "./records.mjs";
import { toSources, withSources } from "./sources.mjs";

const driver = fileURLToPath(new URL("./wtr.mjs", import.meta.url));

/**
 * @param {string} browser the name of the file beside this one that exports `launcher()`
 * @param {import("../case.ts").Env} env
 * @param {import("./engines.mjs").RunOptions} options
 * @param {"page" | "cdn"} [kind] how it gets the package
 */
export async function runPage(browser, env, options, kind = "page") {
  const { files, grep, timeout, pagePort, say } = options;
  const file = await bundle(kind, files);
  const job = JSON.stringify({ env, grep, timeout });
  const args = [driver, browser, file, String(pagePort), job];
  const results = await runProgram(browser, process.execPath, args, {
    timeout,
    startup: 90_000,
    cwd: rootDir,
    env: { ...process.env, TMPDIR: temporaryFolder() },
    say,
  });
  const translate = toSources(
    file,
    /http:\/\/localhost:\d+\/\S*(?:page|cdn)-\d+\.mjs\S*?:(\d+):(\d+)/g,
  );
  return results.map((result) => withSources(result, translate));
}

/**
 * A folder that is removed with this process, since browsers leave things behind. It is outside the
 * project, since a socket's path must be short.
 */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "keystone-fetch-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
