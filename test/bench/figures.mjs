/** What a run found, and how it is told. */

/**
 * @typedef {object} Figure
 * @property {string} part
 * @property {string} where the runtime or the program
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {number} [goal] the value is to be no more than this
 * @property {number} [size]
 */

/** As it is shown: 1.104 is 1.10. @param {Figure} figure */
export const isMet = ({ value, goal }) => goal === undefined || Number(value.toFixed(2)) <= goal;

/** @param {number} value */
export function digits(value) {
  const places = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

/** In Markdown: a row for each thing that was measured, a column for each place. @param {readonly Figure[]} figures */
export function table(figures) {
  const places = [...new Set(figures.map(({ where }) => where))];
  const things = [...new Set(figures.map(({ what }) => what))];
  const rows = things.map((thing) => {
    const cells = places.map((place) =>
      told(figures.find(({ what, where }) => what === thing && where === place)),
    );
    return [thing, ...cells];
  });
  const head = ["", ...places];
  const line = ["---", ...places.map(() => "---:")];
  const widths = head.map((_, at) =>
    Math.max(...[head, line, ...rows].map((row) => row[at].length)),
  );
  return [head, line, ...rows]
    .map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`)
    .join("\n");
}

/** @param {Figure | undefined} figure */
function told(figure) {
  if (!figure) return "";
  const { value, unit, goal } = figure;
  const verdict = isMet(figure) ? "met" : "**missed**";
  const wanted = goal === undefined ? "" : `(≤ ${goal} ${verdict})`;
  return [digits(value), unit, wanted].filter(Boolean).join(" ");
}
