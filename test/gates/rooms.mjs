/** The one way the data flows (design.md §1): a room imports only from the rooms before it. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../../src", import.meta.url));

/** The rooms in order; a name that ends in / is a folder. */
const rooms = [
  "error-details.ts",
  "one-line.ts",
  "errors.ts",
  "failure-reason.ts",
  "is-record.ts",
  "attempt.ts",
  "is-json.ts",
  "within.ts",
  "expect.ts",
  "refuse.ts",
  "path-segment.ts",
  "edit-distance.ts",
  "parse-url.ts",
  "unless-aborted.ts",
  "single-flight.ts",
  "unescape.ts",
  "secrets-of.ts",
  "redact.ts",
  "scope.ts",
  "wire/",
  "catalog/",
  "diagnose/",
  "token.ts",
  "auth/",
  "transport/",
  "session/",
  "stores/",
  "log/",
  "identity/",
  "federation/",
  "config/",
  "v2/",
  "guard/",
  "testing/",
  "index.ts",
];

/** The rooms that may touch the outside world; the others only know Keystone. */
const shells = /^(within|diagnose|transport|session|stores|log|v2|federation|guard|testing)[/.]/;
const world =
  /\b(fetch|Date\.now|setTimeout|setInterval|Math\.random|crypto|navigator|localStorage|sessionStorage|console|globalThis)\b/;

/** @type {import("../runners/gates.mjs").Gate} */
export default function imports() {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  return [
    verdict(
      "every file is in a room",
      files.filter((file) => roomOf(file) < 0),
    ),
    verdict(
      "rooms import only from the rooms before them",
      each(graph, (file, { path }) => path !== undefined && roomOf(path) > roomOf(file)),
    ),
    verdict("no cycles", cycles(graph)),
    verdict(
      "only the transport imports ky's code",
      each(
        graph,
        (file, { name, types }) => name === "ky" && !types && !file.startsWith("transport/"),
      ),
    ),
    verdict(
      "nothing else from outside but valibot",
      each(graph, (_, { name, path }) => path === undefined && !["ky", "valibot"].includes(name)),
    ),
    verdict(
      "pure rooms know nothing of the world",
      files.filter((file) => !shells.test(file) && world.test(codeOf(file))),
    ),
    verdict(
      "files of at most 250 lines",
      files.filter((file) => text(file).split("\n").length > 251),
    ),
  ];
}

/** @param {string} name @param {string[]} offenders */
function verdict(name, offenders) {
  return { name, ok: offenders.length === 0, error: offenders.join(", ") };
}

/** @param {string} file */
function roomOf(file) {
  return rooms.indexOf(file.replace(/\/.*/, "/"));
}

/** @param {string} file */
function text(file) {
  return readFileSync(join(src, file), "utf8");
}

/** Without comments and strings. @param {string} file */
function codeOf(file) {
  return text(file)
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/"(?:[^"\\]|\\.)*"/g, '""');
}

/** @param {string} file @returns {{ name: string, path: string | undefined, types: boolean }[]} */
function importsOf(file) {
  const found = text(file).matchAll(/^(?:import|export)\s+(type\s)?([^;]*?)\sfrom\s"([^"]+)"/gms);
  return [...found].map(([, type, names = "", name = ""]) => ({
    name,
    path: name.startsWith(".") ? normalize(join(dirname(file), name)) : undefined,
    types: Boolean(type) || /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()),
  }));
}

/**
 * @param {Map<string, ReturnType<typeof importsOf>>} graph
 * @param {(file: string, wanted: ReturnType<typeof importsOf>[number]) => boolean} wrong
 */
function each(graph, wrong) {
  return [...graph].flatMap(([file, wanted]) =>
    wanted.filter((one) => wrong(file, one)).map(({ name }) => `${file} imports ${name}`),
  );
}

/** @param {Map<string, ReturnType<typeof importsOf>>} graph */
function cycles(graph) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const found = [];
  /** @param {string} file @param {string[]} way */
  const visit = (file, way) => {
    if (way.includes(file)) found.push([...way, file].join(" → "));
    if (way.includes(file) || done.has(file)) return;
    for (const { path } of graph.get(file) ?? []) if (path) visit(path, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
