/** What a person reads: each failure when it is known, and a table at the end. */

/**
 * @typedef {object} Row what one engine, or one kind of check, came to
 * @property {string} name
 * @property {string} version
 * @property {readonly import("./collect.ts").Result[]} results
 * @property {number} seconds
 * @property {string} [notRun] why it was left out
 */

/** @param {Row} row */
function counts({ results }) {
  const failed = results.filter((result) => !result.ok).length;
  return { passed: results.length - failed, failed };
}

/**
 * @param {Row} row
 * @param {(line: string) => void} say
 * @param {number} [slowest] how many of the cases that took longest to tell
 */
export function report(row, say, slowest = 0) {
  if (row.notRun) return say(`${row.name}: NOT RUN, ${row.notRun}`);
  for (const { group, name, ok, error = "" } of row.results) {
    if (!ok) say(`FAILED ${row.name}: ${group}: ${name}\n${error.trim().replace(/^/gm, "    ")}`);
  }
  const slow = [...row.results].sort((a, b) => b.ms - a.ms).slice(0, slowest);
  for (const { group, name, ms } of slow) say(`  ${ms} ms  ${group}: ${name}`);
  const { passed, failed } = counts(row);
  say(`${row.name}: ${passed} passed, ${failed} failed in ${row.seconds.toFixed(1)} s`);
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const lines = rows.map((row) => {
    const { passed, failed } = counts(row);
    const figures = row.notRun ? ["-", "-", "not run"] : [passed, failed, row.seconds.toFixed(1)];
    return [row.name, row.version, ...figures].map(String);
  });
  lines.unshift(["", "version", "passed", "failed", "seconds"]);
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const drawn = lines.map((line) =>
    line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))),
  );
  return `\n${drawn.map((line) => line.join("  ").trimEnd()).join("\n")}\n`;
}
