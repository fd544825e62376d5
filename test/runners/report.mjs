/** What people read: each failure as soon as it is known, and a table at the end. */

/**
 * @typedef {object} Row what one engine, or one kind of check, came to
 * @property {string} name
 * @property {string} version
 * @property {readonly import("./collect.ts").Result[]} results
 * @property {number} seconds
 * @property {string} [notRun] why it was left out
 * @property {number} [coverage] per cent of the lines of src that ran
 */

/** @param {Row} row */
function counts({ results }) {
  const failed = results.filter((result) => !result.ok).length;
  return { passed: results.length - failed, failed };
}

const indented = (text = "") => text.trim().replace(/^/gm, "    ");

/**
 * @param {Row} row
 * @param {(line: string) => void} say
 * @param {number} [slowest] how many of the slowest cases to list
 */
export function report(row, say, slowest = 0) {
  if (row.notRun) return say(`${row.name}: NOT RUN, ${row.notRun}`);
  for (const { group, name, ok, error, firstError } of row.results) {
    if (!ok) say(`FAILED ${row.name}: ${group}: ${name}\n${indented(error)}`);
    else if (firstError) {
      say(`SECOND TRY ${row.name}: ${group}: ${name}\n${indented(firstError)}`);
    }
  }
  const slow = [...row.results].sort((a, b) => b.ms - a.ms).slice(0, slowest);
  for (const { group, name, ms } of slow) say(`  ${ms} ms  ${group}: ${name}`);
  const { passed, failed } = counts(row);
  say(`${row.name}: ${passed} passed, ${failed} failed in ${row.seconds.toFixed(1)} s`);
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const covered = rows.some((row) => row.coverage !== undefined);
  const lines = rows.map((row) => {
    const { passed, failed } = counts(row);
    const figures = row.notRun ? ["-", "-", "not run"] : [passed, failed, row.seconds.toFixed(1)];
    if (covered) figures.push(row.coverage === undefined ? "" : `${row.coverage} %`);
    return [row.name, row.version, ...figures].map(String);
  });
  lines.unshift(["", "version", "passed", "failed", "seconds", ...(covered ? ["coverage"] : [])]);
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const drawn = lines.map((line) =>
    line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))),
  );
  return `\n${drawn.map((line) => line.join("  ").trimEnd()).join("\n")}\n`;
}
