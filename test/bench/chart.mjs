/**
 * `node test/bench/chart.mjs FILE`: from the JSON of a run, the charts in `.github/` and the tables of
 * the guide.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { digits, table } from "./figures.mjs";

/** @type {{ when: string, machine: string, figures: import("./figures.mjs").Figure[] }} */
const { when, machine, figures } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));

const style = `
    svg { color-scheme: light dark; font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    .paper { fill: #ffffff; stroke: #d0d7de; } .grid { stroke: #d8dee4; }
    text { fill: #1f2328; } .title { font-weight: 600; } .small { font-size: 12px; fill: #57606a; } .end { text-anchor: end; } .middle { text-anchor: middle; }
    .bar { fill: #afb8c1; } .bar.ours { fill: #1a7f37; } polyline { fill: none; stroke-width: 2; stroke: var(--c); } circle, .name { fill: var(--c); }
    .c0 { --c: #1a7f37; } .c1 { --c: #0969da; } .c2 { --c: #8250df; } .c3 { --c: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117; stroke: #30363d; } .grid { stroke: #21262d; }
      text { fill: #e6edf3; } .small { fill: #9da7b3; }
      .bar { fill: #484f58; } .bar.ours { fill: #3fb950; }
      .c0 { --c: #3fb950; } .c1 { --c: #58a6ff; } .c2 { --c: #bc8cff; } .c3 { --c: #f0883e; }
    }`;

/** @param {string} file @param {string} title @param {number} height @param {string[]} parts */
function draw(file, title, height, parts) {
  const size = `width="820" height="${height}" viewBox="0 0 820 ${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title">
  <title id="title">${title}</title>
  <style>${style}
  </style>
  <rect class="paper" x="0.5" y="0.5" width="819" height="${height - 1}" rx="10" />
  ${parts.join("\n  ")}
</svg>
`;
  writeFileSync(join(rootDir, ".github", file), svg);
}

/** @param {string} words @param {number} x @param {number} y @param {string} [kind] */
const text = (words, x, y, kind = "") => `<text class="${kind}" x="${x}" y="${y}">${words}</text>`;

/** @param {string} title @param {string} what @param {number} left */
function bars(title, what, left) {
  const own = figures.filter((figure) => figure.part === "peers" && figure.what === what);
  const longest = Math.max(...own.map(({ value }) => value));
  const rows = own.map(({ where, value, unit }, at) => {
    const [y, length] = [52 + at * 28, Math.round((value / longest) * 190)];
    const kind = /^(session.fetch|service\(\))$/.test(where) ? "bar ours" : "bar";
    const bar = `<rect class="${kind}" x="${left + 112}" y="${y}" width="${length}" height="18" rx="3" />`;
    const told = text(`${digits(value)} ${unit}`, left + 118 + length, y + 14, "small");
    return text(where, left + 104, y + 14, "end") + bar + told;
  });
  return [text(title, left, 32, "title"), ...rows];
}

/** Their times by the number of endpoints, on two scales of powers of ten. @param {string[]} names @param {number} height */
function lines(names, height) {
  const [left, right, bottom] = [76, 560, height - 52];
  const x = (/** @type {number} */ size) => left + ((Math.log10(size) - 1) / 3) * (right - left);
  const y = (/** @type {number} */ µs) => bottom - ((Math.log10(µs) + 1) / 6) * (bottom - 48);
  const ticks = ["0.1 µs", "1 µs", "10 µs", "0.1 ms", "1 ms", "10 ms", "0.1 s"];
  const grid = ticks.map((tick, at) => {
    const level = Math.round(y(10 ** (at - 1)));
    const line = `<path class="grid" d="M${left} ${level}H${right}" />`;
    return line + text(tick, left - 10, level + 4, "small end");
  });
  const sizes = [10, 100, 1000, 10_000].map((size) =>
    text(size.toLocaleString("en"), x(size), bottom + 20, "small middle"),
  );
  const drawn = names.map((name, at) => {
    const own = figures.filter(({ what, part }) => part === "growth" && what.startsWith(name));
    const points = own.map(({ size = 1, value }) => [x(size), y(value)].map(Math.round));
    const line = `<polyline points="${points.join(" ")}" />`;
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" />`).join("");
    const [, end = 0] = points.at(-1) ?? [];
    const { value = 0 } = own.at(-1) ?? {};
    const last = value < 1000 ? `${digits(value)} µs` : `${digits(value / 1000)} ms`;
    return { at, end, shape: line + dots, label: `${name}: ${last}` };
  });
  // Two lines may end at the same place, but not their labels: the lower one moves down.
  let lowest = 0;
  const labelled = drawn
    .sort((one, other) => one.end - other.end)
    .map(({ at, end, shape, label }) => {
      lowest = Math.max(end, lowest + 18);
      return `<g class="c${at}">${shape}${text(label, right + 16, lowest + 5, "name")}</g>`;
    });
  return [
    ...grid,
    ...sizes,
    text("endpoints in the catalog", (left + right) / 2, height - 12, "small middle"),
    ...labelled,
  ];
}

draw("speed.svg", "What clients of OpenStack cost, at a server that answers at once", 236, [
  ...bars("Start, login and first call", "start, login and first call", 24),
  ...bars("Processor time of a call", "processor time of each of 2,000 more", 424),
]);
draw("growth.svg", "How calls, look-ups and logins grow with the catalog", 340, [
  text("How it grows with the catalog, in Node and without a network", 24, 30, "title"),
  ...lines(["a login", "a call", "the first look-up", "a look-up"], 340),
]);

const guide = join(rootDir, ".github/guides/speed.md");
const told = readFileSync(guide, "utf8").replace(
  /(<!-- (\S+) -->\n).*?(<!-- end -->)/gs,
  (_, begin, part, end) => {
    const own = figures.filter((figure) => figure.part === part);
    const words = part === "machine" ? `Measured on ${when}: ${machine}.` : table(own);
    return `${begin}\n${words}\n\n${end}`;
  },
);
writeFileSync(guide, told);
