/** How much of src the suite ran in Node, by V8's own count. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Report } from "c8";
import { rootDir } from "./project.mjs";

const counts = join(rootDir, ".cache/coverage/v8");
const reports = join(rootDir, ".cache/coverage");

/** Removes the counts of an earlier run. */
export const forgetCoverage = () => rmSync(reports, { recursive: true, force: true });

/**
 * The variables and arguments with which Node counts. It writes the counts when it exits, so a signal
 * must lead to an ordinary exit.
 */
export const counting = {
  env: { NODE_V8_COVERAGE: counts },
  args: ["--import", "data:text/javascript,process.once('SIGTERM', () => process.exit())"],
};

/** @returns {Promise<number>} the per cent of the lines of src that ran */
export async function readCoverage() {
  const report = new Report({
    include: ["src/**"],
    // The code that ran is dist and bundles; their source maps lead back to src.
    excludeAfterRemap: true,
    tempDirectory: counts,
    reportsDirectory: reports,
    reporter: ["html", "json-summary"],
  });
  await report.run();
  const { total } = JSON.parse(readFileSync(join(reports, "coverage-summary.json"), "utf8"));
  return total.lines.pct;
}
